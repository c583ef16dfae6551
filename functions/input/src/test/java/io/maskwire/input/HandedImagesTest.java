package io.maskwire.input;

import static org.assertj.core.api.Assertions.assertThat;

import io.maskwire.crypto.ring.FloatTensor;
import io.maskwire.crypto.ring.Shape;
import java.awt.image.Raster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The pictures of the reference cases, with the declaration that stands beside them. */
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

  @ParameterizedTest
  @ValueSource(strings = {"exif3", "fill", "trailing"})
  void read_grayJpegOfTheCases_isThePlainOne(String name) {
    assertThat(gray(name)).isEqualTo(gray("p"));
  }

  private static FloatTensor gray(String name) {
    Path file = SharedData.path("../cases/images/" + name + ".jpg");
    Preprocess preprocess = Preprocess.forModel(file.resolveSibling("j.onnx"));
    return InputReader.read(file, preprocess, Shape.of(1, 1, 8, 8));
  }

  @Test
  void read_cmykJpegOfTheCases_isTheProductOfItsInvertedInks() throws IOException {
    Path file = SharedData.path("../cases/images/cmyk.jpg");
    Preprocess preprocess = Preprocess.forModel(file.resolveSibling("r.onnx"));
    FloatTensor read = InputReader.read(file, preprocess, Shape.of(1, 3, 8, 8));
    ImageReader reader = ImageIO.getImageReadersByFormatName("jpeg").next();
    reader.setInput(new MemoryCacheImageInputStream(Files.newInputStream(file)));
    Raster inks = reader.readRaster(0, null);
    reader.dispose();

    for (int i = 0; i < 192; i++) {
      int[] pixel = inks.getPixel(i % 8, i / 8 % 8, (int[]) null);
      assertThat((double) read.get(i)).isEqualTo(Math.rint(pixel[i / 64] * pixel[3] / 255.0));
    }
  }
}
