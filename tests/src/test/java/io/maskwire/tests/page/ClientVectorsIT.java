package io.maskwire.tests.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.maskwire.cli.direct.TestCertificates;
import io.maskwire.cli.inference.Finishing;
import io.maskwire.cli.inference.SecureInference;
import io.maskwire.crypto.execution.User;
import io.maskwire.crypto.ir.Program;
import io.maskwire.crypto.ir.Wire;
import io.maskwire.crypto.protocol.Role;
import io.maskwire.crypto.ring.BitWidth;
import io.maskwire.crypto.ring.FloatTensor;
import io.maskwire.crypto.ring.RingTensor;
import io.maskwire.crypto.ring.Shape;
import io.maskwire.crypto.wire.ProgramCodec;
import io.maskwire.crypto.wire.RoundMessage;
import io.maskwire.crypto.wire.SessionId;
import io.maskwire.exchange.seal.Envelope;
import io.maskwire.exchange.seal.Purpose;
import io.maskwire.exchange.seal.SealKeys;
import io.maskwire.input.InputReader;
import io.maskwire.input.Preprocess;
import io.maskwire.tests.Repository;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The page's client library in a browser against the Java client: the same file, declaration and
 * seeds give the same masked input, byte for byte; what one seals the other opens.
 */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ClientVectorsIT {
  private static final long SEED = 20_260_114;
  private static final String IMAGE = "version: 1\ninput: image\n";
  private static final String VOLUME = "version: 1\ninput: volume\n";
  private static final String DECLARED = VOLUME + "orientation: RAS\naxes: zyx\nscale: 0.001\n";

  @TempDir private static Path folder;
  private static Chromium chromium;
  private static BrowserClient client;

  private final Random random = new Random(SEED);

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

  static Stream<Arguments> files() throws IOException {
    Pictures pictures = new Pictures(new Random(SEED));
    Scans scans = new Scans(new Random(SEED));
    int[] square = {1, 1, 28, 28};
    int[] colours = {1, 3, 12, 10};
    int[] brain = {1, 1, 4, 5, 6};
    return Stream.of(
        file("gray.png", Pictures.png(pictures.gray(31, 40), false), "", square),
        file("interlaced.png", Pictures.png(pictures.gray(33, 29), true), "", square),
        file("gray16.png", Pictures.png(pictures.gray16(28, 28), false), "", square),
        file("bits.png", Pictures.png(pictures.bits(45, 19), false), "", square),
        file("palette2.png", Pictures.png(pictures.palette(37, 21, 2), true), "", colours),
        file("palette8.png", Pictures.png(pictures.palette(37, 21, 8), false), "", square),
        file("colour.png", Pictures.png(pictures.colour(50, 41), false), "", colours),
        file("opaque.png", Pictures.png(pictures.opaque(13, 11), true), "", colours),
        file(
            "declared.png",
            Pictures.png(pictures.colour(61, 47), false),
            IMAGE
                + "channels: bgr # as trained\ncrop: {square: 0.875}\n"
                + "resize: {height: 12, width: 10, method: area}\nscale: 1/255\n"
                + "mean: [0.485, 0.456, 0.406]\nstd:\n  - 0.229\n  - 0.224\n  - 0.225\n",
            colours),
        file(
            "nhwc.png",
            Pictures.png(pictures.colour(20, 24), false),
            IMAGE
                + "layout: NHWC\ncrop: {start: [1, 2], size: [20, 17]}\nresize:\n"
                + "  height: 9\n  width: 8\n  method: nearest\nnormalize: zscore\n",
            1,
            9,
            8,
            3),
        file(
            "clipped.png",
            Pictures.png(pictures.gray(28, 28), false),
            IMAGE + "resize: none\nclip: [10, 200.5]\nnormalize: minmax\n",
            square),
        file("gray.jpg", Pictures.jpeg(pictures.gray(28, 28), false), "", square),
        file("colour.jpg", Pictures.jpeg(pictures.colour(53, 47), false), "", colours),
        file("progressive.jpg", Pictures.jpeg(pictures.colour(53, 47), true), "", colours),
        file("scan.nii", scans.nifti(4, 5, 6, ByteOrder.LITTLE_ENDIAN), "", 1, 1, 4, 5, 6),
        file(
            "scan.nii.gz",
            Scans.gzip(scans.nifti(6, 5, 4, ByteOrder.BIG_ENDIAN)),
            VOLUME + "axes: zyx\nscale: 0.001\n",
            brain),
        file(
            "floats.nii.gz",
            Scans.gzip(scans.niftiFloats(9, 7, 8)),
            VOLUME
                + "axes: zyx\nresize: {depth: 4, height: 5, width: 6}\n"
                + "normalize: zscore-nonzero\ncrop: {fraction: 0.9}\n",
            brain),
        file("two.nii", scans.second(6, 5, 4, ByteOrder.LITTLE_ENDIAN), DECLARED, brain),
        file(
            "two.nii.gz", Scans.gzip(scans.second(6, 5, 4, ByteOrder.BIG_ENDIAN)), DECLARED, brain),
        file("members.nii.gz", Scans.members(scans.inOrder("RSP", 6, 4, 5)), DECLARED, brain),
        file(
            "nan.nii",
            Scans.scaled(scans.nifti(4, 5, 6, ByteOrder.LITTLE_ENDIAN), Float.NaN, Float.NaN),
            VOLUME + "scale: 0.001\n",
            brain),
        file(
            "infinite.nii",
            Scans.scaled(scans.inOrder("LPS", 6, 5, 4), 2, Float.NEGATIVE_INFINITY),
            DECLARED,
            brain),
        file(
            "pixdim.nii",
            scans.nifti(6, 5, 4, ByteOrder.LITTLE_ENDIAN),
            VOLUME + "orientation: LAI\naxes: zyx\nscale: 0.001\n",
            brain),
        file("window.dcm", scans.dicom(30, 34, "MONOCHROME2", "40.5", "400"), "", square),
        file("inverted.dcm", scans.dicom(28, 28, "MONOCHROME1"), "", square),
        file(
            "units.dcm",
            scans.dicom(28, 28, "MONOCHROME1", "40", "400"),
            IMAGE + "window: none\nscale: 1e-3\n",
            square),
        file(
            "declared.dcm",
            scans.dicom(28, 28, "MONOCHROME2"),
            IMAGE + "window: {center: -600, width: 1500.5}\n",
            square),
        file("float32.npy", scans.npy("<f4", false, 28, 28), "", square),
        file("float64.npy", scans.npy(">f8", true, 4, 5, 6), "", brain),
        file("float16.npy", scans.npy("<f2", false, 1, 3, 12, 10), "", colours),
        file(
            "int64.npy",
            scans.npy(">i8", false, 120),
            "version: 1\ninput: tensor\nscale: 1e-6\n",
            brain),
        file("uint8.npy", scans.npy("|u1", true, 12, 10, 3), "", colours));
  }

  static Map<String, Object> asked(String name, byte[] bytes, String yaml, VectorModel model) {
    Map<String, Object> asked = new HashMap<>();
    asked.put("name", name);
    asked.put("file", BrowserClient.base64(bytes));
    asked.put("yaml", yaml);
    asked.put("program", model.encodedProgram());
    asked.put("seeds", model.encodedSeeds());
    return asked;
  }

  private static Arguments file(String name, byte[] bytes, String yaml, int... shape) {
    return arguments(name, bytes, yaml, shape);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("files")
  void mask_sameSeedsAndFile_isTheJavaClientsMaskedInput(
      String name, byte[] bytes, String yaml, int[] shape) throws IOException {
    BitWidth width = BitWidth.of(20 + random.nextInt(44));
    VectorModel model = VectorModel.of(random, width, Program.Finish.NONE, shape);
    Preprocess preprocess = yaml.isEmpty() ? Preprocess.DEFAULT : Preprocess.parse(name, yaml);
    Path file = Files.write(folder.resolve(name), bytes);
    FloatTensor input = InputReader.read(file, preprocess, model.program().inputs().get(0).shape());

    Map<String, Object> asked = asked(name, bytes, yaml, model);

    assertThat(client.bytes("input", asked)).isEqualTo(bytes(input));
    assertThat(client.bytes("mask", asked)).isEqualTo(masked(model, input));
  }

  @Test
  void mask_wipedSeeds_isRefused() {
    VectorModel model = VectorModel.of(random, BitWidth.of(20), Program.Finish.NONE, 2, 3);

    Object refusal =
        client.call("maskWithWipedSeeds", model.encodedProgram(), model.encodedSeeds());

    assertThat(String.valueOf(refusal)).contains("the seed was wiped");
  }

  static byte[] bytes(FloatTensor tensor) {
    ByteBuffer buffer = ByteBuffer.allocate(4 * tensor.values().length);
    buffer.order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().put(tensor.values());
    return buffer.array();
  }

  private static byte[] masked(VectorModel model, FloatTensor input) {
    List<RingTensor> encoded = SecureInference.encode(model.program(), List.of(input));
    return new User(model.program(), model.id(), model.seeds())
        .mask(encoded)
        .encode(model.program());
  }

  @Test
  void seal_forBothParties_isOpenedByEach() throws Exception {
    TestCertificates authority = TestCertificates.in(folder);
    List<TestCertificates.Pem> parties =
        List.of(
            authority.issue("party0", "-groupname", "secp256r1"),
            authority.issue("party1", "-groupname", "secp256r1"));
    List<String> pems = new ArrayList<>();
    for (TestCertificates.Pem party : parties) {
      pems.add(Files.readString(party.certificate()));
    }
    SessionId session = new SessionId(VectorModel.bytes(random, SessionId.BYTES));
    byte[] message = VectorModel.bytes(random, 10_001);

    byte[] sealed =
        client.bytes("sealFor", session.toString(), BrowserClient.base64(message), pems);

    for (int party = 0; party < parties.size(); party++) {
      KeyPair own = KeyPairs.read(parties.get(party));
      assertThat(Envelope.open(Purpose.input(session), sealed, party, own)).isEqualTo(message);
    }
  }

  @ParameterizedTest
  @EnumSource(Program.Finish.class)
  void unmask_sharesSealedByJava_givesTheJavaClientsResult(Program.Finish finish) {
    for (int bits : new int[] {24, 31, 32, 33, 48, 63, 64}) {
      VectorModel model = VectorModel.of(random, BitWidth.of(bits), finish, 2, 5, 3);
      List<RoundMessage> shares = shares(model);
      List<RingTensor> outputs =
          new User(model.program(), model.id(), model.seeds()).unmask(shares.get(0), shares.get(1));
      FloatTensor expected = Finishing.finish(model.program(), outputs).getFirst();

      float[] found = unmask(model, shares);

      assertThat(found).hasSameSizeAs(expected.values());
      for (int i = 0; i < found.length; i++) {
        // The last operator's exp may differ in the last bit of a double; all else is equal.
        float tolerance = exact(finish) ? 0 : Math.ulp(expected.get(i));
        assertThat(found[i]).isCloseTo(expected.get(i), within(tolerance));
      }
    }
  }

  private static boolean exact(Program.Finish finish) {
    return finish == Program.Finish.NONE || finish.isPosition();
  }

  private List<RoundMessage> shares(VectorModel model) {
    BitWidth width = model.program().outputs().getFirst().wire().width();
    int count = model.program().outputs().getFirst().wire().count();
    byte[] transcript = VectorModel.bytes(random, 32);
    List<RoundMessage> shares = new ArrayList<>();
    for (Role role : Role.values()) {
      byte[] payload = VectorModel.bytes(random, (int) width.packedBytes(count));
      shares.add(new RoundMessage(role, 1, model.seeds().session(), transcript, payload));
    }
    return shares;
  }

  private static float[] unmask(VectorModel model, List<RoundMessage> shares) {
    var point = SealKeys.decode(client.bytes("newKey"));
    List<String> sealed = new ArrayList<>();
    for (RoundMessage share : shares) {
      Purpose purpose = Purpose.result(model.seeds().session(), share.role());
      sealed.add(
          BrowserClient.base64(
              Envelope.seal(purpose, share.encode(), List.of(point), new SecureRandom())));
    }
    Map<String, Object> asked =
        Map.of(
            "program", model.encodedProgram(),
            "seeds", model.encodedSeeds(),
            "session", model.seeds().session().toString(),
            "shares", sealed);
    String first = (String) ((List<?>) client.call("unmask", asked)).getFirst();
    ByteBuffer bytes = ByteBuffer.wrap(Base64.getDecoder().decode(first));
    float[] values = new float[bytes.capacity() / 4];
    bytes.order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values);
    return values;
  }

  @Test
  void describe_aProgramOfEveryGate_readsWhatJavaReads() throws IOException {
    Path frozen =
        Repository.root()
            .resolve("shared-crypto/src/test/resources/io/maskwire/crypto/execution/program.hex");
    byte[] encoded = HexFormat.of().parseHex(Files.readString(frozen).strip());
    Program program = ProgramCodec.decode(encoded);

    List<String> lines = new ArrayList<>();
    lines.add(BrowserClient.base64(ProgramCodec.idOf(encoded).toBytes()));
    lines.add(program.version());
    program.inputs().forEach(in -> lines.add(line(in.name(), in.shape(), in.scale(), in.wire())));
    program
        .outputs()
        .forEach(out -> lines.add(line(out.name(), out.shape(), out.scale(), out.wire())));

    assertThat(client.call("describe", BrowserClient.base64(encoded)))
        .isEqualTo(String.join("\n", lines));
  }

  private static String line(String name, Shape shape, int scale, Wire wire) {
    String sides =
        shape.dimensions().stream().map(String::valueOf).collect(Collectors.joining("x"));
    return "%s %s %d %d %d".formatted(name, sides, scale, wire.count(), wire.width().bits());
  }
}
