/**
 * Turns input files (pictures, brain volumes, DICOM slices, saved tensors) into model input
 * tensors. Start at {@link io.maskwire.input.InputReader}; what happens between the decoded file
 * and the tensor is declared by {@link io.maskwire.input.Preprocess} and computed by {@code
 * Pipeline}, whose arithmetic is specified to the last bit in {@code docs/PREPROCESS.md} because a
 * browser must produce the same bytes. Then read the decoders, one class per format; each of them
 * answers malformed bytes with {@link io.maskwire.input.InputException} and nothing else.
 */
@NullMarked
package io.maskwire.input;

import org.jspecify.annotations.NullMarked;
