package io.maskwire.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** JPEG files that are damaged, or of a kind that is not read. */
class JpegDamageTest {
  @Test
  void decode_restarts_areRead() throws IOException {
    byte[] gray =
        JpegFile.write(JpegFile.picture(8, 8, BufferedImage.TYPE_BYTE_GRAY, 7), 1, 1, false);
    int data = gray.length - 2;
    int scan = JpegFile.indexOf(gray, 0xda);
    byte[] tall = gray.clone();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(tall, 0, data);
    out.writeBytes(new byte[] {(byte) 0xff, (byte) 0xd0});
    out.write(gray, scan + 10, data - scan - 10);
    out.writeBytes(new byte[] {(byte) 0xff, (byte) 0xd9});
    byte[] file = JpegFile.insert(out.toByteArray(), 0xdd, new byte[] {0, 1});
    setHeight(file, 16);

    double[] once = decode(gray);
    double[] twice = decode(file);

    assertThat(twice).startsWith(once).endsWith(once).hasSize(128);
    file[indexOfRestart(file)] = (byte) 0xd1;
    assertThatThrownBy(() -> decode(file)).hasMessageContaining("restart is missing");
  }

  private static int indexOfRestart(byte[] file) {
    int at = JpegFile.indexOf(file, 0xda) + 10;
    while (file[at] != (byte) 0xff || file[at + 1] != (byte) 0xd0) {
      at++;
    }
    return at + 1;
  }

  private static void setHeight(byte[] file, int height) {
    int at = JpegFile.indexOf(file, 0xc0);
    file[at + 6] = (byte) height;
  }

  @ParameterizedTest
  @CsvSource({"c3, lossless", "c9, arithmetically coded", "c5, hierarchical"})
  void decode_otherProcess_isRefusedByName(String marker, String name) throws IOException {
    byte[] file = colour();
    int at = JpegFile.indexOf(file, 0xc0);
    file[at + 1] = (byte) Integer.parseInt(marker, 16);

    assertThatThrownBy(() -> decode(file))
        .isInstanceOf(InputException.class)
        .hasMessageContaining(name)
        .hasMessageContaining("PNG");
  }

  @Test
  void decode_changedBytes_areReadOrRefused() throws IOException {
    for (boolean progressive : new boolean[] {false, true}) {
      BufferedImage image = JpegFile.picture(20, 20, BufferedImage.TYPE_3BYTE_BGR, 7);
      byte[] good = JpegFile.write(image, 2, 2, progressive);

      Mutations.assertEveryCutIsRefused(good, bytes -> JpegDecoder.decode("a.jpg", bytes));
      assertThat(Mutations.refusedAmong(2000, 3, good, bytes -> JpegDecoder.decode("a.jpg", bytes)))
          .isPositive();
    }
  }

  @Test
  void decode_hugeSides_areRefusedBeforeAnythingIsAllocated() throws IOException {
    byte[] file =
        JpegFile.write(JpegFile.picture(8, 8, BufferedImage.TYPE_BYTE_GRAY, 7), 1, 1, false);
    setHeight(file, 8);
    int at = JpegFile.indexOf(file, 0xc0);
    for (int i = 5; i < 9; i++) {
      file[at + i] = (byte) 0xff;
    }

    assertThatThrownBy(() -> decode(file)).hasMessageContaining("more than 67108864 samples");
  }

  private static byte[] colour() throws IOException {
    return JpegFile.write(JpegFile.picture(21, 18, BufferedImage.TYPE_3BYTE_BGR, 7), 1, 1, false);
  }

  private static double[] decode(byte[] bytes) {
    return JpegDecoder.decode("a.jpg", bytes).values();
  }
}
