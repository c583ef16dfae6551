package io.maskwire.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PreprocessTest {
  private static final String EVERY_IMAGE_KEY =
      """
      # as trained
      version: 1
      input: image
      frame: 2
      window: {center: 40, width: 400.5}
      channels: bgr
      crop: {square: 0.875}
      resize: {height: 224, width: 192, method: area}
      clip: [10, 250.5]
      scale: 1/255
      normalize: zscore-nonzero
      mean: [0.485, 0.456, 0.406]
      std: [0.229, 0.224, 0.225]
      layout: NHWC
      """;

  @Test
  void parse_everyImageKey_isTaken() {
    Preprocess preprocess = parse(EVERY_IMAGE_KEY);

    assertThat(preprocess)
        .isEqualTo(
            new Preprocess(
                "p.yaml",
                Optional.of(InputKind.IMAGE),
                new Preprocess.Selection(
                    OptionalInt.of(2),
                    new Preprocess.Window.Linear(40, 400.5),
                    Preprocess.NonFinite.REFUSE),
                new Preprocess.Geometry(
                    Optional.of(Preprocess.Channels.BGR),
                    Optional.empty(),
                    "xyz",
                    Optional.of(new Preprocess.Crop.Square(0.875)),
                    Optional.of(new Preprocess.Resize(List.of(224, 192), Preprocess.Method.AREA)),
                    Optional.of(Preprocess.Layout.NHWC)),
                new Preprocess.Intensity(
                    Optional.of(new Preprocess.Range(10, 250.5)),
                    Optional.of(new Preprocess.Ratio(1, 255)),
                    Preprocess.Normalize.ZSCORE_NONZERO,
                    List.of(0.485, 0.456, 0.406),
                    List.of(0.229, 0.224, 0.225))));
  }

  @Test
  void parse_volumeKeys_areTaken() {
    Preprocess preprocess =
        parse(
            """
            version: 1
            input: volume
            nonfinite: zero
            orientation: PIR
            axes: zyx
            crop: {start: [1, 2, 3], size: [4, 5, 6]}
            resize: {depth: 7, height: 8, width: 9, method: nearest}
            normalize: minmax
            """);

    assertThat(preprocess.selection().nonFinite()).isEqualTo(Preprocess.NonFinite.ZERO);
    assertThat(preprocess.geometry().orientation()).contains(new Orientation("PIR"));
    assertThat(preprocess.geometry().axes()).isEqualTo("zyx");
    assertThat(preprocess.geometry().crop())
        .contains(new Preprocess.Crop.Box(List.of(1, 2, 3), List.of(4, 5, 6)));
    assertThat(preprocess.geometry().resize())
        .contains(new Preprocess.Resize(List.of(7, 8, 9), Preprocess.Method.NEAREST));
    assertThat(preprocess.intensity().normalize()).isEqualTo(Preprocess.Normalize.MINMAX);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"ras", "Ras", "RRA", "RLA", "RASI", "RA", "XYZ", "R A S", "'ＲＡＳ'", "true"})
  void parse_orientationThatIsNone_isRefused(String code) {
    assertThatThrownBy(() -> parse("version: 1\ninput: volume\norientation: " + code + "\n"))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("line 3: 'orientation' must have one of R and L, one of A and P");
  }

  @Test
  void parse_orientationOfAPicture_isRefused() {
    assertThatThrownBy(() -> parse("version: 1\ninput: image\norientation: RAS\n"))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("unknown key 'orientation' for 'input: image'");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '"',
      value = {
        "sclae: 1; line 3: unknown key 'sclae' for 'input: image'; known keys: version, input, frame",
        "axes: xyz; line 3: unknown key 'axes' for 'input: image'",
        "scale: 1/0; line 3: 'scale' divides by 0",
        "scale: abc; line 3: 'scale' is 'abc'",
        "scale: 1e999; too large",
        "scale: 0x10; not a decimal number",
        "scale: .nan; not a decimal number",
        "scale: [1]; 'scale' must be a single word",
        "mean: [1, 2]; line 3: 'mean' has 2 values",
        "mean: []; 'mean' must be a list",
        "std: 0; line 3: 'std' has a 0",
        "clip: [2, 1]; line 3: 'clip' must be [low, high]",
        "frame: -1; 'frame' is -1; it must be from 0",
        "frame: 1.5; not a whole number",
        "channels: cmyk; must be one of bgr, gray, rgb",
        "layout: nchw; must be one of NCHW, NHWC",
        "crop: 0.5; 'crop' must have keys of its own",
        "crop: {fraction: 0}; above 0 and at most 1",
        "crop: {fraction: 1, square: 1}; either fraction, or square",
        "crop: {start: [0, 0]}; 'size' is missing",
        "crop: {start: [0], size: [1]}; 2 numbers each",
        "resize: big; must be none or",
        "resize: {height: 5}; all or none of height, width",
        "resize: {height: 5, width: 99999}; from 1 to 32768",
        "resize: {depth: 5}; unknown key 'depth' in 'resize'",
        "window: wide; must be file, none or",
        "window: {center: 1, width: 0}; must be at least 1",
        "normalize: yes; must be one of minmax, none, zscore, zscore-nonzero",
        "scale: &a 1; line 3: anchors",
        "input: image; line 3: key 'input' is there twice",
        "? [a]; a key must be a single word",
        "scale: [; is not valid YAML",
        "a: [[[[[[[[[1]]]]]]]]]; nested deeper"
      })
  void parse_mistake_isRefusedWithItsLine(String line, String message) {
    assertThatThrownBy(() -> parse("version: 1\ninput: image\n" + line + "\n"))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith("p.yaml: ")
        .hasMessageContaining(message);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "version",
        "version: 2\ninput: image",
        "input: image",
        "---\n---",
        "!%B"
      })
  void parse_noDeclaration_isRefused(String text) {
    assertThatThrownBy(() -> parse(text)).isInstanceOf(InputException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"[", "- ", "? ", "{a: ", "a:\n- "})
  void parse_deepNesting_isRefused(String opening) {
    assertThatThrownBy(() -> parse(opening.repeat(10_000))).isInstanceOf(InputException.class);
  }

  @Test
  void parse_changedCharacters_areTakenOrRefused() {
    Random random = new Random(6);
    String alphabet = "[]{}:,-?&*!|>'\"%@` \n\tabz019.\u0000\u00e9";
    int refused = 0;
    for (int i = 0; i < 20_000; i++) {
      StringBuilder text = new StringBuilder(EVERY_IMAGE_KEY);
      for (int k = random.nextInt(4); k >= 0; k--) {
        text.setCharAt(
            random.nextInt(text.length()), alphabet.charAt(random.nextInt(alphabet.length())));
      }
      try {
        Preprocess unused = parse(text.toString());
      } catch (InputException e) {
        refused++;
      }
    }
    assertThat(refused).isPositive();
  }

  @Test
  void forModel_ownFileIsFoundBeforeTheSharedOne(@TempDir Path folder) throws IOException {
    Path model = folder.resolve("net.v2.onnx");

    assertThat(Preprocess.forModel(model)).isEqualTo(Preprocess.DEFAULT);
    Files.writeString(folder.resolve("preprocess.yaml"), "version: 1\ninput: tensor\n");
    assertThat(Preprocess.forModel(model).input()).contains(InputKind.TENSOR);
    assertThat(Preprocess.forModel(folder).input()).contains(InputKind.TENSOR);
    Files.writeString(folder.resolve("net.v2.preprocess.yaml"), "version: 1\ninput: volume\n");
    assertThat(Preprocess.forModel(model).input()).contains(InputKind.VOLUME);
  }

  @Test
  void load_fileThatIsNotText_isRefused(@TempDir Path folder) throws IOException {
    Path latin = folder.resolve("latin.yaml");
    Files.write(latin, "version: 1 # \u00e9".getBytes(StandardCharsets.ISO_8859_1));
    Path large = folder.resolve("large.yaml");
    Files.writeString(large, "#".repeat(70_000));

    assertThatThrownBy(() -> Preprocess.load(latin)).hasMessageContaining("not UTF-8");
    assertThatThrownBy(() -> Preprocess.load(large)).hasMessageContaining("70000 bytes");
    assertThatThrownBy(() -> Preprocess.load(folder.resolve("none")))
        .isInstanceOf(InputException.class);
  }

  private static Preprocess parse(String text) {
    return Preprocess.parse("p.yaml", text);
  }
}
