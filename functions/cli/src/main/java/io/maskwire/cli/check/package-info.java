/**
 * Conformance: ONNX's backend test folders, run securely. Entry: {@link
 * io.maskwire.cli.check.BackendCase}.
 */
@NullMarked
package io.maskwire.cli.check;

import org.jspecify.annotations.NullMarked;
