package io.maskwire.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.maskwire.crypto.ring.Shape;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NiftiPairTest {
  private static final byte[] VOXELS = {1, 2, 3, 4};

  @TempDir private Path folder;

  private static NiftiFile volume() {
    return new NiftiFile(ByteOrder.LITTLE_ENDIAN, 2, 8, VOXELS, 4).sform("LAS", 1);
  }

  private Path write(String name, byte[] bytes) throws IOException {
    boolean compressed = name.toLowerCase(Locale.ROOT).endsWith(".gz");
    return Files.write(folder.resolve(name), compressed ? NiftiFile.gzip(bytes) : bytes);
  }

  private static ReadInput read(Path file) {
    return InputReader.readWithWarnings(file, Preprocess.DEFAULT, Shape.of(1, 1, 4, 1, 1));
  }

  @ParameterizedTest
  @CsvSource({
    "a.hdr, a.img",
    "A.HDR, A.IMG",
    "a.b.hdr.gz, a.b.img.gz",
    "a.hdr, a.img.gz",
    "a.hdr.gz, a.img"
  })
  void read_eitherFileOfAPair_isTheVolume(String header, String voxels) throws IOException {
    write(header, volume().detachedHeader());
    write(voxels, VOXELS);

    for (String name : new String[] {header, voxels}) {
      ReadInput read = read(folder.resolve(name));

      assertThat(read.tensor().values()).containsExactly(1, 2, 3, 4);
      assertThat(read.warnings().getFirst().toString()).contains(name + " is in order LAS");
    }
    assertThat(InputReader.list(folder)).containsExactly(folder.resolve(header));
  }

  @Test
  void read_voxelsFromAnOffset_areFound() throws IOException {
    NiftiFile file = volume();
    file.detachedHeader();
    write("a.hdr", Arrays.copyOf(file.putFloat(108, 2).bytes(), 352));
    Path voxels = write("a.img", new byte[] {9, 9, 1, 2, 3, 4});

    assertThat(read(voxels).tensor().values()).containsExactly(1, 2, 3, 4);
  }

  @Test
  void read_halfAPair_isRefusedByName() throws IOException {
    Path header = write("a.hdr", volume().detachedHeader());
    Path voxels = write("b.img", VOXELS);

    assertThatThrownBy(() -> read(header))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith(header + ": ")
        .hasMessageContaining(".img with its voxels is not beside it");
    assertThatThrownBy(() -> read(voxels))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("its header (.hdr) is not beside it");
    assertThatThrownBy(
            () ->
                InputReader.read(
                    "a.hdr", volume().detachedHeader(), Preprocess.DEFAULT, Shape.of(4)))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("save them as one .nii");
  }

  @Test
  void read_voxelsOfAnotherSize_areRefused() throws IOException {
    Path header = write("a.hdr", volume().detachedHeader());

    Path voxels = write("a.img", new byte[3]);
    assertThatThrownBy(() -> read(header))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith(voxels + ": offset 3: the file ends here");
    write("a.img", new byte[5]);
    assertThatThrownBy(() -> read(header)).hasMessageContaining("goes on after the last voxel");
  }

  @Test
  void read_analyzePair_isRefusedByName() throws IOException {
    write("a.img", VOXELS);
    byte[] analyze = volume().detachedHeader();
    Arrays.fill(analyze, 344, 348, (byte) 0);
    Path header = write("a.hdr", analyze);

    assertThatThrownBy(() -> read(header))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("ANALYZE 7.5");
  }

  @Test
  void read_singleFileNamedAsAHeader_isRead() throws IOException {
    assertThat(read(write("a.hdr", volume().bytes())).tensor().values())
        .containsExactly(1, 2, 3, 4);
  }

  @ParameterizedTest
  @CsvSource({
    "4d1.nii",
    "be.nii",
    "interNan.nii",
    "ras.nii",
    "slope0.nii",
    "slopenan.nii",
    "n2.nii",
    "pair.hdr",
    "pair.img",
    "multi.nii.gz",
    "trail.nii.gz"
  })
  void read_handedVolumes_areTheSameEightVoxels(String name) {
    Path file = SharedData.path("../cases/volumes/" + name);
    Preprocess preprocess = Preprocess.parse("p.yaml", "version: 1\ninput: volume\naxes: zyx\n");

    assertThat(
            InputReader.readWithWarnings(file, preprocess, Shape.of(1, 1, 2, 2, 2))
                .tensor()
                .values())
        .containsExactly(0, 4, 2, 6, 1, 5, 3, 7);
  }

  @Test
  void read_handedFileThatIsCut_isRefused() {
    Path file = SharedData.path("../cases/volumes/trunc.nii.gz");

    assertThatThrownBy(() -> InputReader.read(file, Preprocess.DEFAULT, Shape.of(2, 2, 2)))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("fetch it again");
  }
}
