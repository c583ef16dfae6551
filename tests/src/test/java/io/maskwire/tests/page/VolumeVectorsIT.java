package io.maskwire.tests.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.maskwire.crypto.ir.Program;
import io.maskwire.crypto.ring.BitWidth;
import io.maskwire.crypto.ring.FloatTensor;
import io.maskwire.crypto.ring.Shape;
import io.maskwire.input.InputReader;
import io.maskwire.input.Preprocess;
import io.maskwire.tests.Repository;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Volumes in every order of axes: the page's library in a browser gives the Java client's bytes.
 */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class VolumeVectorsIT {
  private static final long SEED = 20_261_128;
  private static final String VOLUME = "version: 1\ninput: volume\n";

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

  @Test
  void input_everyOrderOfAxes_isTheJavaClients() throws IOException {
    Scans scans = new Scans(new Random(SEED));
    List<String> codes = orders();
    for (int i = 0; i < codes.size(); i++) {
      String wanted = codes.get((i * 29 + 7) % codes.size());
      byte[] file = scans.inOrder(codes.get(i), 2, 3, 4);

      assertSameInput(codes.get(i) + ".nii", file, "orientation: " + wanted + "\n");
    }
  }

  @Test
  void input_obliqueAxes_isTheJavaClients() throws IOException {
    Scans scans = new Scans(new Random(SEED));
    for (int i = 0; i < 100; i++) {
      byte[] file = scans.oblique(i % 2 == 0, 2, 3, 4);

      assertSameInput("oblique" + i + ".nii", file, "orientation: RAS\n");
    }
  }

  @Test
  void input_pair_isTheJavaClients() throws IOException {
    byte[] whole = new Scans(new Random(SEED)).inOrder("PIR", 6, 5, 4);
    byte[] header = Arrays.copyOf(whole, 348);
    ByteBuffer.wrap(header).order(ByteOrder.LITTLE_ENDIAN).putFloat(108, 0).put(345, (byte) 'i');
    byte[] voxels = Scans.gzip(Arrays.copyOfRange(whole, 352, whole.length));
    Path file = Files.write(folder.resolve("pair.hdr"), header);
    Files.write(folder.resolve("pair.img.gz"), voxels);
    VectorModel model = VectorModel.of(random, BitWidth.of(40), Program.Finish.NONE, 120);
    FloatTensor input = InputReader.read(file, Preprocess.DEFAULT, Shape.of(120));

    Map<String, Object> asked = ClientVectorsIT.asked("pair.hdr", header, "", model);
    asked.put("beside", BrowserClient.base64(voxels));
    assertThat(client.bytes("input", asked)).isEqualTo(ClientVectorsIT.bytes(input));
    asked = ClientVectorsIT.asked("pair.img.gz", voxels, "", model);
    asked.put("beside", BrowserClient.base64(header));
    assertThat(client.bytes("input", asked)).isEqualTo(ClientVectorsIT.bytes(input));
  }

  /** The 24 voxels of {@code file} in any order that {@code yaml} declares. */
  private void assertSameInput(String name, byte[] file, String yaml) throws IOException {
    VectorModel model = VectorModel.of(random, BitWidth.of(40), Program.Finish.NONE, 24);
    Preprocess preprocess = Preprocess.parse(name, VOLUME + yaml);
    Path path = Files.write(folder.resolve(name), file);
    FloatTensor input = InputReader.read(path, preprocess, Shape.of(24));

    assertThat(client.bytes("input", ClientVectorsIT.asked(name, file, VOLUME + yaml, model)))
        .as("%s, %s", name, yaml)
        .isEqualTo(ClientVectorsIT.bytes(input));
  }

  private static List<String> orders() {
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
}
