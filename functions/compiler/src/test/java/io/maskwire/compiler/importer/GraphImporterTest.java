package io.maskwire.compiler.importer;

import static org.assertj.core.api.Assertions.assertThat;

import io.maskwire.compiler.onnx.OperatorAttributes;
import org.junit.jupiter.api.Test;

class GraphImporterTest {

  /** Attributes of an operator that is not in the table would be missing in stripped models. */
  @Test
  void operators_all_haveTheirPublicAttributesListed() {
    assertThat(GraphImporter.operators()).allMatch(OperatorAttributes::isKnown);
  }
}
