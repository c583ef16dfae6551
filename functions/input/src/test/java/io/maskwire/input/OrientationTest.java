package io.maskwire.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.maskwire.crypto.ring.FloatTensor;
import io.maskwire.crypto.ring.Shape;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * One body in files of every order of axes: what the model gets depends on its declaration alone.
 */
class OrientationTest {
  /** Voxels of the body from left to right, from back to front, from bottom to top. */
  private static final int[] BODY = {3, 4, 5};

  @TempDir private Path folder;

  /** Every order of axes. */
  private static List<String> codes() {
    List<String> codes = new ArrayList<>();
    for (String letters : List.of("RAS", "RSA", "ARS", "ASR", "SRA", "SAR")) {
      for (int flips = 0; flips < 8; flips++) {
        StringBuilder code = new StringBuilder();
        for (int axis = 0; axis < 3; axis++) {
          char letter = letters.charAt(axis);
          code.append((flips >> axis & 1) == 0 ? letter : "LPI".charAt("RAS".indexOf(letter)));
        }
        codes.add(code.toString());
      }
    }
    return codes;
  }

  /** What the body has at a place: three digits that say where it is. */
  private static int at(int right, int front, int top) {
    return 100 * right + 10 * front + top;
  }

  /** Values of the body with axes that run along the letters of {@code code}, x fastest. */
  private static List<Integer> body(String code) {
    int[] sides = sides(code);
    List<Integer> values = new ArrayList<>();
    for (int z = 0; z < sides[2]; z++) {
      for (int y = 0; y < sides[1]; y++) {
        for (int x = 0; x < sides[0]; x++) {
          int[] place = new int[3];
          int[] voxel = {x, y, z};
          for (int axis = 0; axis < 3; axis++) {
            int up = "RAS".indexOf(code.charAt(axis));
            int down = "LPI".indexOf(code.charAt(axis));
            place[Math.max(up, down)] = up >= 0 ? voxel[axis] : sides[axis] - 1 - voxel[axis];
          }
          values.add(at(place[0], place[1], place[2]));
        }
      }
    }
    return values;
  }

  private static int[] sides(String code) {
    int[] sides = new int[3];
    for (int axis = 0; axis < 3; axis++) {
      sides[axis] =
          BODY[Math.max("RAS".indexOf(code.charAt(axis)), "LPI".indexOf(code.charAt(axis)))];
    }
    return sides;
  }

  private static NiftiFile file(String code) {
    ByteBuffer voxels = ByteBuffer.allocate(2 * 60).order(ByteOrder.LITTLE_ENDIAN);
    body(code).forEach(value -> voxels.putShort(value.shortValue()));
    return new NiftiFile(ByteOrder.LITTLE_ENDIAN, 4, 16, voxels.array(), sides(code));
  }

  private ReadInput read(byte[] bytes, String yaml) throws IOException {
    Path file = Files.write(folder.resolve("body.nii"), bytes);
    Preprocess preprocess = Preprocess.parse("p.yaml", "version: 1\ninput: volume\n" + yaml);
    return InputReader.readWithWarnings(file, preprocess, Shape.of(0, 1, 0, 0, 0));
  }

  private static List<Integer> values(FloatTensor tensor) {
    List<Integer> values = new ArrayList<>();
    for (float value : tensor.values()) {
      values.add((int) value);
    }
    return values;
  }

  @Test
  void read_anyOrderToAnyOrder_isTheBodyInTheDeclaredOne() throws IOException {
    for (String of : codes()) {
      byte[] first = file(of).sform(of, 2.5f).bytes();
      for (String wanted : codes()) {
        ReadInput read = read(first, "orientation: " + wanted + "\naxes: zyx\n");

        assertThat(values(read.tensor())).as("%s to %s", of, wanted).isEqualTo(body(wanted));
        assertThat(read.warnings()).isEmpty();
      }
    }
  }

  @Test
  void read_declaredWithoutAxes_hasTheFirstLetterOutermost() throws IOException {
    FloatTensor tensor = read(file("PSR").sform("PSR", 1).bytes(), "orientation: LAS\n").tensor();

    assertThat(tensor.shape()).isEqualTo(Shape.of(1, 1, 3, 4, 5));
    assertThat(tensor.get(0)).isEqualTo(at(2, 0, 0));
    assertThat(tensor.get(1)).isEqualTo(at(2, 0, 1));
    assertThat(tensor.get(5)).isEqualTo(at(2, 1, 0));
    assertThat(tensor.get(20)).isEqualTo(at(1, 0, 0));
  }

  @Test
  void read_crop_countsFromTheDeclaredOrder() throws IOException {
    String yaml = "orientation: RAS\ncrop: {start: [0, 1, 2], size: [1, 1, 1]}\n";

    assertThat(values(read(file("LSP").sform("LSP", 1).bytes(), yaml).tensor()))
        .containsExactly(at(0, 1, 2));
  }

  @Test
  void read_frameOfFour_isBroughtAlone() throws IOException {
    byte[] voxels = {1, 2, 3, 4};
    byte[] file =
        new NiftiFile(ByteOrder.BIG_ENDIAN, 2, 8, voxels, 2, 1, 1, 2).sform("LAS", 1).bytes();

    assertThat(values(read(file, "frame: 1\norientation: RAS\n").tensor())).containsExactly(4, 3);
  }

  /** Expected orders are nibabel's, computed elsewhere: see the head of the file. */
  @Test
  void decode_sformsAndQforms_haveNibabelsOrders() throws IOException {
    for (String line : reference()) {
      String[] fields = line.split(",", -1);
      float[] numbers = new float[fields.length - 2];
      for (int i = 0; i < numbers.length; i++) {
        numbers[i] = Float.parseFloat(fields[i + 1]);
      }
      NiftiFile file = voxel();
      if (fields[0].equals("sform")) {
        file.putShort(254, 2);
        for (int row = 0; row < 3; row++) {
          file.putFloats(
              280 + 16 * row, numbers[3 * row], numbers[3 * row + 1], numbers[3 * row + 2], 7);
        }
      } else {
        file.putShort(252, 1).putFloats(256, numbers[0], numbers[1], numbers[2]);
        file.putFloats(76, numbers[3], 2, 3, 4);
      }
      Orientation expected = new Orientation(fields[fields.length - 1]);

      assertThat(directions(file.bytes())).as(line).isEqualTo(new Directions.Stated(expected));
      assertThat(directions(file.secondVersion())).isEqualTo(new Directions.Stated(expected));
    }
  }

  private static List<String> reference() throws IOException {
    try (InputStream in = OrientationTest.class.getResourceAsStream("orientations.csv")) {
      String text = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
      return text.lines().filter(line -> !line.startsWith("#")).toList();
    }
  }

  @Test
  void decode_severalForms_goByCodes() {
    NiftiFile file = voxel().sform("LPS", 3).putFloats(256, 0, 0, 0).putFloats(76, -1, 1, 1, 1);

    assertThat(stated(file.putShort(252, 1).bytes())).isEqualTo("LPS");
    assertThat(stated(file.putShort(254, 4).bytes())).isEqualTo("LPS");
    assertThat(stated(file.putShort(254, 0).bytes())).isEqualTo("RAI");
    assertThat(stated(file.putShort(254, -1).bytes())).isEqualTo("RAI");
    assertThat(directions(file.putShort(252, 0).bytes())).isInstanceOf(Directions.Assumed.class);
  }

  @ParameterizedTest
  @CsvSource({"-1, RAI", "-0.5, RAI", "-0.0, RAS", "0, RAS", "1, RAS", "5, RAS", "NaN, RAS"})
  void decode_qfac_turnsTheThirdAxisIfBelowZero(float qfac, String order) {
    NiftiFile file = voxel().putShort(252, 1).putFloats(76, qfac, 0, 1, 1);

    assertThat(stated(file.bytes())).isEqualTo(order);
  }

  @Test
  void decode_neitherForm_isByTheSignsOfPixdim() {
    NiftiFile file = voxel().putFloats(76, -1, 2, -2, 0).putFloats(256, 1, 0, 0);

    assertThat(directions(file.bytes()))
        .isInstanceOfSatisfying(
            Directions.Assumed.class,
            assumed -> assertThat(assumed.order()).isEqualTo(new Orientation("RPS")));
  }

  @Test
  void decode_axesHalfWayBetween_goToTheFirstDirection() {
    float half = (float) Math.sqrt(0.5);
    NiftiFile turned = voxel().putShort(254, 1).putFloats(280, half, -half, 0, 0, half, half);
    NiftiFile sheared = voxel().putShort(254, 1).putFloats(280, 1, 0, 1, 0, 0, 1, 1, 0, 0, 0, 1, 0);

    assertThat(stated(turned.putFloat(320, 1).bytes())).isEqualTo("RAS");
    assertThat(stated(sheared.bytes())).isEqualTo("RAS");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0 0 0, 0 1 0, 0 0 1",
        "1 0 0, 0 1 0, 0 0 0",
        "1 2 0, 2 4 0, 0 0 1",
        "NaN 0 0, 0 1 0, 0 0 1",
        "Infinity 0 0, 0 1 0, 0 0 1",
        "1 1 0, 1 1 0, 1e-12 0 1"
      })
  void read_sformWithoutThreeDirections_isRefusedOrDoubted(String rows) throws IOException {
    NiftiFile file = voxel().putShort(254, 1).putShort(252, 1);
    String[] numbers = rows.split("[, ]+");
    for (int i = 0; i < 9; i++) {
      file.putFloat(280 + 16 * (i / 3) + 4 * (i % 3), Float.parseFloat(numbers[i]));
    }

    assertThat(warning(file.bytes(), ""))
        .contains("does not say its order: its sform does not give three directions")
        .endsWith("left and right may be exchanged");
    assertThatThrownBy(() -> read(file.bytes(), "orientation: RAS\n"))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("its sform does not give three directions; the model wants RAS");
  }

  @Test
  void read_qformThatIsNone_isRefused() {
    NiftiFile noNumber = voxel().putShort(252, 1).putFloats(256, Float.NaN, 0, 0);
    NiftiFile negative = voxel().putShort(252, 1).putFloats(76, 1, 1, -2, 1);

    assertThatThrownBy(() -> read(noNumber.bytes(), "orientation: RAS\n"))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("its qform does not give a rotation");
    assertThatThrownBy(() -> read(negative.bytes(), "orientation: RAS\n"))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("pixdim[2] is -2.0");
  }

  @Test
  void read_withoutDeclaration_isAsInTheFileWithAWarning() throws IOException {
    byte[] file = file("PIL").sform("PIL", 2).bytes();

    assertThat(values(read(file, "axes: zyx\n").tensor())).isEqualTo(body("PIL"));
    assertThat(warning(file, ""))
        .startsWith(folder.toString())
        .endsWith(
            "body.nii is in order PIL; the model declares no orientation (`orientation: RAS` in"
                + " preprocess.yaml): left and right may be exchanged");
  }

  @Test
  void read_fileThatDoesNotSay_isWarnedOfEitherWay() throws IOException {
    byte[] file = file("RAS").bytes();

    assertThat(values(read(file, "orientation: LAS\naxes: zyx\n").tensor())).isEqualTo(body("LAS"));
    assertThat(warning(file, "orientation: LAS\n"))
        .contains("does not say its order (sform_code and qform_code are 0)", "it is RAS")
        .doesNotContain("declares no orientation")
        .endsWith(": left and right may be exchanged");
    assertThat(warning(file, ""))
        .contains("does not say its order", "the model declares no orientation");
  }

  @Test
  void read_tensor_hasNoOrientation() throws IOException {
    Path file =
        Files.write(
            folder.resolve("a.npy"), NpyDecoderTest.npy(1, "<f4", "False", "(1, 2)", new byte[8]));
    Preprocess preprocess =
        Preprocess.parse("p.yaml", "version: 1\ninput: volume\norientation: RAS\n");

    assertThat(InputReader.readWithWarnings(file, preprocess, Shape.of(1, 2)).warnings()).isEmpty();
  }

  @Test
  void read_oneAnatomyInThreeOrders_isTheSameInput() {
    Preprocess preprocess =
        Preprocess.parse("p.yaml", "version: 1\ninput: volume\norientation: RAS\naxes: zyx\n");
    Shape shape = Shape.of(1, 1, 45, 54, 45);
    Path first = SharedData.path("../cases/volumes/left_RAS.nii.gz");
    float[] expected = InputReader.read(first, preprocess, shape).values();

    for (String order : List.of("LAS", "LPS")) {
      Path file = SharedData.path("../cases/volumes/left_" + order + ".nii.gz");
      ReadInput read = InputReader.readWithWarnings(file, preprocess, shape);

      assertThat(read.tensor().values()).as(order).isEqualTo(expected);
      assertThat(read.warnings()).isEmpty();
    }
  }

  private String warning(byte[] file, String yaml) throws IOException {
    List<InputWarning> warnings = read(file, yaml).warnings();
    assertThat(warnings).hasSize(1);
    return warnings.getFirst().toString();
  }

  private static NiftiFile voxel() {
    return new NiftiFile(ByteOrder.LITTLE_ENDIAN, 2, 8, new byte[1], 1, 1, 1);
  }

  private static Directions directions(byte[] file) {
    return NiftiDecoder.decode("a.nii", new ByteArrayInputStream(file), OptionalInt.empty())
        .directions()
        .orElseThrow();
  }

  private static String stated(byte[] file) {
    Directions directions = directions(file);
    assertThat(directions).isInstanceOf(Directions.Stated.class);
    return ((Directions.Stated) directions).order().code();
  }
}
