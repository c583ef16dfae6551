package io.maskwire.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.maskwire.crypto.ring.FloatTensor;
import io.maskwire.crypto.ring.Shape;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InputReaderTest {
  @TempDir private Path folder;

  @Test
  void list_folder_hasSupportedFilesByName() throws IOException {
    for (String name : new String[] {"b.PNG", "a.nii.gz", "c.dcm", ".d.png", "e.txt", "f.nii"}) {
      Files.createFile(folder.resolve(name));
    }
    Files.createDirectory(folder.resolve("g.png"));

    assertThat(InputReader.list(folder))
        .extracting(file -> folder.relativize(file).toString())
        .containsExactly("a.nii.gz", "b.PNG", "c.dcm", "f.nii");
  }

  @Test
  void list_filesWithoutAKnownEnding_areJudgedByTheirContent() throws IOException {
    byte[] dicom = dicom();
    Files.write(folder.resolve("IM000001"), dicom);
    Files.write(folder.resolve("1.2.840.113619.2.5"), dicom);
    Files.write(folder.resolve("slice.ima"), Arrays.copyOfRange(dicom, 132, dicom.length));
    Files.write(folder.resolve("b.bin"), NpyDecoderTest.npy(1, "<f4", "True", "(1,)", new byte[4]));
    Files.write(folder.resolve("c.gz"), NiftiFile.gzip(nifti()));
    Files.write(folder.resolve("d"), nifti());
    Files.writeString(folder.resolve("README"), "DICM images of 2026");
    Files.write(
        folder.resolve("DICOMDIR"),
        new DicomFile(DicomFile.EXPLICIT).put(0x00020002, "UI", "1.2.840.10008.1.3.10\0").bytes());
    Files.writeString(folder.resolve("labels.csv"), "a,b");
    Files.createFile(folder.resolve("empty"));

    assertThat(InputReader.list(folder))
        .extracting(file -> folder.relativize(file).toString())
        .containsExactly("1.2.840.113619.2.5", "IM000001", "b.bin", "c.gz", "d", "slice.ima");
  }

  @Test
  void read_dicomUnderAnyName_isTheSameTensor() throws IOException {
    Preprocess preprocess = Preprocess.parse("p", "version: 1\ninput: image\nresize: none\n");
    Path named = Files.write(folder.resolve("a.dcm"), dicom());
    Path other = Files.write(folder.resolve("IM01"), dicom());

    assertThat(InputReader.read(other, preprocess, Shape.of(1, 1, 1, 2)))
        .isEqualTo(InputReader.read(named, preprocess, Shape.of(1, 1, 1, 2)));
    assertThat(InputReader.read("IM01", dicom(), preprocess, Shape.of(1, 1, 1, 2)))
        .isEqualTo(InputReader.read(named, preprocess, Shape.of(1, 1, 1, 2)));
  }

  @Test
  void read_dicomNamedAsAPartOfAPair_isReadByItsContent() throws IOException {
    Preprocess preprocess = Preprocess.parse("p", "version: 1\ninput: image\nresize: none\n");
    Path named = Files.write(folder.resolve("a.dcm"), dicom());
    Path voxels = Files.write(folder.resolve("b.img"), dicom());
    Path header = Files.write(folder.resolve("c.hdr"), dicom());
    Shape shape = Shape.of(1, 1, 1, 2);

    FloatTensor expected = InputReader.read(named, preprocess, shape);

    assertThat(InputReader.read(voxels, preprocess, shape)).isEqualTo(expected);
    assertThat(InputReader.read(header, preprocess, shape)).isEqualTo(expected);
    assertThat(InputReader.list(folder)).containsExactly(named, voxels, header);
  }

  @Test
  void read_dicomdir_saysWhatItIs() {
    byte[] index =
        new DicomFile(DicomFile.EXPLICIT).put(0x00020002, "UI", "1.2.840.10008.1.3.10\0").bytes();

    assertThatThrownBy(() -> InputReader.read("DICOMDIR", index, Preprocess.DEFAULT, Shape.of(1)))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("DICOMDIR, an index of files");
  }

  private static byte[] dicom() {
    return DicomFile.gray(DicomFile.EXPLICIT, 1, 2, 16, 0).pixels16(1, 60000).bytes();
  }

  private static byte[] nifti() {
    return new NiftiFile(ByteOrder.LITTLE_ENDIAN, 2, 8, new byte[2], 2, 1, 1).bytes();
  }

  @Test
  void list_folderWithoutInputs_isRefused() {
    assertThatThrownBy(() -> InputReader.list(folder))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("has no input file");
    assertThatThrownBy(() -> InputReader.list(folder.resolve("none")))
        .isInstanceOf(InputException.class);
  }

  @Test
  void read_otherFile_isRefusedWithTheSupportedOnes() throws IOException {
    Path file = Files.createFile(folder.resolve("scan.mha"));

    assertThatThrownBy(() -> InputReader.read(file, Preprocess.DEFAULT, Shape.of(1)))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("supported: .png .jpg .jpeg .npy .nii .nii.gz .hdr");
  }

  @Test
  void read_missingFileOrFolder_isRefused() {
    assertThatThrownBy(
            () -> InputReader.read(folder.resolve("a.png"), Preprocess.DEFAULT, Shape.of(1)))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("there is no such file");
    assertThatThrownBy(() -> InputReader.read(folder, Preprocess.DEFAULT, Shape.of(1)))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("is a folder");
  }

  @Test
  void read_emptyFiles_areRefused() throws IOException {
    for (String extension : InputReader.EXTENSIONS) {
      Path file = Files.createFile(folder.resolve("a" + extension));

      assertThatThrownBy(() -> InputReader.read(file, Preprocess.DEFAULT, Shape.of(1)))
          .as(extension)
          .isInstanceOf(InputException.class)
          .hasMessageStartingWith(file + ": ");
    }
  }
}
