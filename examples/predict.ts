/** Train on Iris, save the network as an ONNX model, and let ONNX Runtime alone say which flower it is shown. */
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { describeModel, minimize } from 'zeroth';

const result = await minimize('iris(4-7-3,tanh)', 'adam', { budget: { evaluations: 500 }, options: { learningRate: 0.05 } });
const model = await result.toOnnx(); // bytes: writeFile('iris.onnx', model) keeps them

const { classes, features } = describeModel(model);
console.log(features.join(', ')); // raw centimetres: the model standardizes them itself

const session = await InferenceSession.create(model);
const flower = Float32Array.of(6.3, 3.3, 6, 2.5); // the first Iris virginica of Fisher's table
const { output } = await session.run({ input: new Tensor('float32', flower, [1, 4]) });
const probabilities = Array.from(output.data as Float32Array);
const likeliest = probabilities.indexOf(Math.max(...probabilities));
console.log(`${classes[likeliest]} with probability ${probabilities[likeliest]}`);
