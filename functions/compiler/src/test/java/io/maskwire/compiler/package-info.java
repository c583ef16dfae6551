/** Models of the ONNX suite and of our own through the compiler, compared with ONNX Runtime. */
@NullMarked
package io.maskwire.compiler;

import org.jspecify.annotations.NullMarked;
