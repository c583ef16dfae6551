/**
 * ONNX in, program and weights out: {@link io.maskwire.compiler.Compiler} reads ({@code onnx}),
 * imports ({@code importer}), rewrites ({@code optimizer}), lowers ({@code lowering}) and reports.
 * {@link io.maskwire.compiler.CompiledFolder} is the form on disk.
 */
@NullMarked
package io.maskwire.compiler;

import org.jspecify.annotations.NullMarked;
