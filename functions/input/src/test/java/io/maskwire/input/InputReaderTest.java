package io.maskwire.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.maskwire.crypto.ring.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
