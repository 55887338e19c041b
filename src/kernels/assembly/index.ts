/** The module's exports. Pointers are byte offsets of float32 numbers in the module's memory, which the host provides. */
export { crossArithmetic, crossBlend, crossSimulatedBinary, crossUniform } from './crossover';
export { descend } from './descent';
export { crossDonor } from './difference';
export { addOuter, addScaled, addSquares, mirrorRow } from './estimate';
export { fillGaps, fillNormal, fillUniform } from './fill';
export { allFinite } from './finite';
export { mutateHits } from './mutation';
export { moveParticle } from './swarm';
