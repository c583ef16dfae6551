/**
 * From ONNX to {@link io.maskwire.crypto.ir.Graph}: shape inference, constant folding and the
 * meaning of every operator. Start at {@link io.maskwire.compiler.importer.GraphImporter}; a family
 * of operators is a class of rules.
 */
@NullMarked
package io.maskwire.compiler.importer;

import org.jspecify.annotations.NullMarked;
