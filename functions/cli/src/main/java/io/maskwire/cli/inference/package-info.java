/**
 * Secure inference on one machine: owner, dealer, user and both parties in this process, in the
 * same classes as when they are apart. Entry: {@link io.maskwire.cli.inference.SecureInference};
 * {@link io.maskwire.cli.inference.FloatWitness} says what the original model gives in ONNX
 * Runtime.
 */
@NullMarked
package io.maskwire.cli.inference;

import org.jspecify.annotations.NullMarked;
