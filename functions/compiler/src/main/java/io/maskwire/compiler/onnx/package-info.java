/**
 * Reading ONNX files, which nobody has checked: {@link io.maskwire.compiler.onnx.OnnxModel} is the
 * entry; {@link io.maskwire.compiler.onnx.TensorReader} decodes constants, {@link
 * io.maskwire.compiler.onnx.Stripper} writes the public file without them. Whatever is wrong with a
 * file is a {@link io.maskwire.compiler.onnx.CorruptModelException}.
 */
@NullMarked
package io.maskwire.compiler.onnx;

import org.jspecify.annotations.NullMarked;
