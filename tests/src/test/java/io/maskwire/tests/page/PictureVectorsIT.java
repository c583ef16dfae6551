package io.maskwire.tests.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.microsoft.playwright.PlaywrightException;
import io.maskwire.crypto.ir.Program;
import io.maskwire.crypto.ring.BitWidth;
import io.maskwire.crypto.ring.FloatTensor;
import io.maskwire.input.InputException;
import io.maskwire.input.InputReader;
import io.maskwire.input.Preprocess;
import io.maskwire.tests.ReferenceData;
import io.maskwire.tests.Repository;
import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Pictures of every kind in the page and in the Java client: the same bytes, or refused by both.
 */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PictureVectorsIT {
  private static final long SEED = 20_261_128;
  private static final int[] SHAPE = {1, 3, 12, 10};
  private static final String SAMPLES =
      """
      version: 1
      input: image
      scale: 1
      resize: {height: 12, width: 10, method: nearest}
      """;
  private static final int APP2 = 0xe2;
  private static final int APP14 = 0xee;

  private static Chromium chromium;
  private static BrowserClient client;

  @BeforeAll
  static void start() {
    chromium = Chromium.start();
    client =
        new BrowserClient(
            chromium, Repository.root().resolve("functions/gateway/target/vectors/vectors.js"));
  }

  @AfterAll
  static void stop() {
    if (chromium != null) {
      client.close();
      chromium.close();
    }
  }

  static Stream<Arguments> pictures() throws IOException {
    Pictures pictures = new Pictures(new Random(SEED));
    byte[] colour = Pictures.jpeg(pictures.colour(43, 31), false);
    byte[] gray = Pictures.jpeg(pictures.gray(43, 31), false);
    byte[] inks = pictures.inks(21, 19);
    byte[] bare = Pictures.withoutJfif(colour);
    return Stream.of(
        picture("profile.jpg", Pictures.insert(colour, APP2, profile())),
        picture("profile_gray.jpg", Pictures.insert(gray, APP2, profile())),
        picture("half.jpg", Pictures.subsampled(pictures.colour(43, 31), 2, 1)),
        picture("tall.jpg", Pictures.subsampled(pictures.colour(43, 31), 1, 2)),
        picture("quarter.jpg", Pictures.subsampled(pictures.colour(43, 31), 4, 2)),
        picture("bare.jpg", bare),
        picture("rgb.jpg", Pictures.insert(bare, APP14, adobe(0))),
        picture("ycc.jpg", Pictures.insert(bare, APP14, adobe(1))),
        picture("inks.jpg", inks),
        picture("cmyk.jpg", Pictures.insert(inks, APP14, adobe(0))),
        picture("ycck.jpg", Pictures.insert(inks, APP14, adobe(2))),
        picture("content", colour),
        picture("short.jpg", Arrays.copyOf(colour, colour.length - 2)));
  }

  static Stream<Arguments> slices() throws IOException {
    Scans scans = new Scans(new Random(SEED));
    byte[] bright = scans.dicom(9, 7, "MONOCHROME1");
    byte[] dark = scans.dicom(9, 7, "MONOCHROME2", "100.5", "777");
    return Stream.of(
        picture("sigmoid.dcm", Scans.insert(dark, 0x00281056, "CS", "SIGMOID")),
        picture("exact.dcm", Scans.insert(dark, 0x00281056, "CS", "LINEAR_EXACT")),
        picture("cubic.dcm", Scans.insert(dark, 0x00281056, "CS", "CUBIC")),
        picture("zero.dcm", scans.dicom(9, 7, "MONOCHROME2", "40", "0")),
        picture("empty.dcm", scans.dicom(9, 7, "MONOCHROME1", "", "\\400")),
        picture("second.dcm", scans.dicom(9, 7, "MONOCHROME1", "\\40", "0\\400")),
        picture("padding.dcm", padded(bright)),
        picture("padding_window.dcm", padded(dark)),
        picture("deflated.dcm", Scans.deflated(bright)),
        picture("odd.dcm", Scans.deflated(dark)),
        picture("bare.dcm", Scans.bare(bright)),
        picture("IM000001", dark),
        picture("1.2.840.113619", Scans.bare(dark)),
        picture("report.dcm", Arrays.copyOf(dark, 160)),
        picture("notes", "DICM".getBytes(StandardCharsets.US_ASCII)));
  }

  private static byte[] padded(byte[] dicom) {
    return Scans.insert(Scans.insert(dicom, 0x00280120, 0xfe00), 0x00280121, 0xff);
  }

  private static Arguments picture(String name, byte[] bytes) {
    return arguments(name, bytes);
  }

  private static byte[] profile() {
    byte[] profile = ICC_Profile.getInstance(ColorSpace.CS_LINEAR_RGB).getData();
    byte[] start = "ICC_PROFILE\0\1\1".getBytes(StandardCharsets.US_ASCII);
    return ByteBuffer.allocate(start.length + profile.length).put(start).put(profile).array();
  }

  private static byte[] adobe(int transform) {
    return new byte[] {'A', 'd', 'o', 'b', 'e', 0, 100, 0, 0, 0, 0, (byte) transform};
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource({"pictures", "slices"})
  void input_madePicture_isTheJavaClients(String name, byte[] bytes) {
    assertSame(name, bytes, "");
    assertSame(name, bytes, SAMPLES + "window: none\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "cmyk.jpg",
        "deflated.dcm",
        "emptywin.dcm",
        "exif3.jpg",
        "fill.jpg",
        "implicit.dcm",
        "mono1.dcm",
        "negslope.dcm",
        "negslope_win.dcm",
        "nopreamble.dcm",
        "overlaybits.dcm",
        "p.jpg",
        "padding.dcm",
        "plain.dcm",
        "prog.jpg",
        "sigmoid.dcm",
        "signed.dcm",
        "trailing.jpg",
        "trns.png",
        "win2.dcm"
      })
  void input_pictureOfTheCases_isTheJavaClients(String name) throws IOException {
    Path file = ReferenceData.path("../cases/images/" + name);

    assertSame(name, Files.readAllBytes(file), SAMPLES);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource({"pictures", "slices"})
  void input_damagedPicture_isReadOrRefusedByBoth(String name, byte[] bytes) {
    Random random = new Random(SEED + name.hashCode());
    for (int i = 0; i < 20; i++) {
      byte[] damaged = bytes.clone();
      damaged[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));

      assertSame(name, damaged, "");
    }
  }

  private static void assertSame(String name, byte[] bytes, String yaml) {
    VectorModel model =
        VectorModel.of(new Random(SEED), BitWidth.of(40), Program.Finish.NONE, SHAPE);
    Optional<String> expected = byJava(model, name, bytes, yaml);

    assertThat(byThePage(model, name, bytes, yaml)).isEqualTo(expected);
  }

  private static Optional<String> byJava(
      VectorModel model, String name, byte[] bytes, String yaml) {
    Preprocess preprocess = yaml.isEmpty() ? Preprocess.DEFAULT : Preprocess.parse(name, yaml);
    try {
      FloatTensor input =
          InputReader.read(name, bytes, preprocess, model.program().inputs().getFirst().shape());
      ByteBuffer buffer = ByteBuffer.allocate(4 * input.values().length);
      buffer.order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().put(input.values());
      return Optional.of(BrowserClient.base64(buffer.array()));
    } catch (InputException refused) {
      return Optional.empty();
    }
  }

  private static Optional<String> byThePage(
      VectorModel model, String name, byte[] bytes, String yaml) {
    Map<String, Object> asked =
        Map.of(
            "name", name,
            "file", BrowserClient.base64(bytes),
            "yaml", yaml,
            "program", model.encodedProgram(),
            "seeds", model.encodedSeeds());
    try {
      return Optional.of((String) client.call("input", asked));
    } catch (PlaywrightException refused) {
      assertThat(refused).hasMessageMatching("(?s).*(bad-file|unsupported-file|misfit).*");
      return Optional.empty();
    }
  }
}
