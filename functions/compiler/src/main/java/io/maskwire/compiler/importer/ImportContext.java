package io.maskwire.compiler.importer;

import io.maskwire.compiler.onnx.TensorReader;
import java.util.Set;

/**
 * What all nodes of a model share.
 *
 * @param opset version of the default operator set
 * @param tensors reads constants
 * @param builder collects the graph
 * @param finishable outputs of the graph that nothing else reads and the user alone sees
 */
record ImportContext(
    long opset, TensorReader tensors, GraphBuilder builder, Set<String> finishable) {}
