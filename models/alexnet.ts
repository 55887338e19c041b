/**
 * AlexNet: Krizhevsky, Sutskever and Hinton 2012 (https://doi.org/10.1145/3065386), section 3: five convolutional and three dense layers
 * on 224 x 224 colour images, ReLUs, overlapping 3x3 pools of stride 2, the second, fourth and fifth convolutions in two groups (one
 * on each of the authors' two GPUs), dropout of rate 1/2 behind the first two dense layers.
 *
 * Left out is the local response normalization behind the first two convolutions; it has no parameters. The first convolution is
 * padded by 2, so that 224 pixels give the paper's 55 x 55 outputs: (224 + 4 - 11) / 4 + 1 = 55, rounded down.
 */
import { cnn } from './cnn.js';
import type { Network } from './network.js';

/**
 * Parameters, filters x (kernel^2 x channels within the group + 1 bias) and inputs x units + units:
 *
 *     conv1    96 x (11^2 x   3 + 1)         34,944
 *     conv2   256 x ( 5^2 x  48 + 1)        307,456
 *     conv3   384 x ( 3^2 x 256 + 1)        885,120
 *     conv4   384 x ( 3^2 x 192 + 1)        663,936
 *     conv5   256 x ( 3^2 x 192 + 1)        442,624
 *     fc6     6 x 6 x 256 x 4096 + 4096  37,752,832
 *     fc7     4096 x 4096 + 4096         16,781,312
 *     fc8     4096 x 1000 + 1000          4,097,000
 *                                        60,965,224
 *
 * Without `grouped`, conv2, conv4 and conv5 see all channels: 62,378,344.
 */
export function alexNet({ classes = 1000, grouped = true }: { readonly classes?: number; readonly grouped?: boolean } = {}): Network {
  const groups = grouped ? 2 : 1;
  const pool = { maxPool: 3, stride: 2 };
  return cnn(
    [3, 224, 224],
    [
      { conv: 96, kernel: 11, stride: 4, padding: 2 },
      pool,
      { conv: 256, kernel: 5, groups },
      pool,
      { conv: 384, kernel: 3 },
      { conv: 384, kernel: 3, groups },
      { conv: 256, kernel: 3, groups },
      pool,
      { dense: 4096 },
      { dropout: 0.5 },
      { dense: 4096 },
      { dropout: 0.5 },
      { dense: classes },
    ],
    { activation: 'relu' },
  );
}
