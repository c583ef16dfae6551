package io.maskwire.input;

import static org.assertj.core.api.Assertions.assertThat;

import io.maskwire.crypto.ring.FloatTensor;
import io.maskwire.crypto.ring.Shape;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The DICOM files of the reference cases, with the declaration that stands beside them. */
class HandedImagesTest {
  @ParameterizedTest
  @CsvSource({
    "deflated, 0 62 125 255",
    "emptywin, 0 62 125 255",
    "implicit, 0 62 125 255",
    "mono1, 255 193 130 0",
    "negslope, 255 193 130 0",
    "negslope_win, 255 193 130 0",
    "nopreamble, 0 62 125 255",
    "overlaybits, 0 62 125 255",
    "padding, 0 62 125 255",
    "plain, 0 62 125 255",
    "sigmoid, 30 67 125 225",
    "signed, 0 127 128 255",
    "win2, 0 62 125 255"
  })
  void read_dicomOfTheCases_isRight(String name, String expected) {
    Path file = SharedData.path("../cases/images/" + name + ".dcm");
    Preprocess preprocess = Preprocess.forModel(file.resolveSibling("m.onnx"));

    FloatTensor tensor = InputReader.read(file, preprocess, Shape.of(1, 1, 2, 2));

    List<String> rounded = new ArrayList<>();
    for (float value : tensor.values()) {
      rounded.add(String.valueOf(Math.round(value)));
    }
    assertThat(String.join(" ", rounded)).isEqualTo(expected);
  }
}
