package io.maskwire.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.maskwire.crypto.ring.FloatTensor;
import io.maskwire.crypto.ring.Shape;
import io.maskwire.crypto.wire.ProtocolException;
import io.maskwire.input.NpyWriter;
import io.maskwire.tests.DirectSetup.Keys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Keys and inputs that a party refuses before it asks the peer for anything. There is no peer in
 * these tests: a party that looked for one would wait for two minutes.
 */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class DirectKeysIT {
  @TempDir private Path folder;
  private DirectSetup setup;
  private Keys keys;

  @BeforeEach
  void deal() throws IOException {
    assertThat(ReferenceData.digit()).exists();
    setup = DirectSetup.SHARED;
    keys = Keys.deal(setup.model, 2, folder);
  }

  private Outcome start(int role) {
    return role == 0
        ? Cli.run(setup.party(0, keys, "--connect", "localhost:1", "--session", keys.session()))
        : start(ReferenceData.digit());
  }

  private Outcome start(Path input) {
    return Cli.run(
        setup.party(
            1, keys, "--connect", "localhost:1", "--session", keys.session(), "--input", input));
  }

  private Path file(int role, String reader) {
    return keys.of(role).resolve(reader).resolve(keys.session() + ".bin");
  }

  @ParameterizedTest
  @CsvSource({"0, party0", "0, common", "1, party1", "1, common", "1, user"})
  void party_keysCutShort_areRefused(int role, String reader) throws IOException {
    byte[] whole = Files.readAllBytes(file(role, reader));
    for (int length : new int[] {0, 10, whole.length / 2, whole.length - 1}) {
      Files.write(file(role, reader), Arrays.copyOf(whole, length));

      start(role).refused(1, reader.equals("user") ? "mask seeds" : "");
    }
    assertUnclaimed(role);
  }

  @ParameterizedTest
  @CsvSource({"0, party0", "0, owner", "1, party1"})
  void party_versionKeyCutShort_isRefused(int role, String reader) throws IOException {
    Path version = keys.of(role).resolve(reader).resolve("version.bin");
    byte[] whole = Files.readAllBytes(version);
    Files.write(version, Arrays.copyOf(whole, whole.length - 1));

    start(role).refused(1, "version key");
  }

  @ParameterizedTest
  @CsvSource({"0, party0", "0, common", "1, party1", "1, common", "1, user"})
  void party_headerDamaged_isRefused(int role, String reader) throws IOException {
    byte[] bytes = Files.readAllBytes(file(role, reader));
    bytes[30] ^= 1;
    Files.write(file(role, reader), bytes);

    start(role).refused(1, "checksum");
  }

  @ParameterizedTest
  @ValueSource(strings = {"common", "party1"})
  void session_keysDamagedInside_endsWithoutAResult(String reader) throws IOException {
    Path file = keys.all().resolve(reader).resolve(keys.session() + ".bin");
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length / 2] ^= 1;
    Files.write(file, bytes);

    assertThatThrownBy(
            () -> setup.model.runInProcess(keys.all(), keys.session(), ReferenceData.digit()))
        .isInstanceOf(ProtocolException.class)
        .hasMessageContaining("checksum");
  }

  @ParameterizedTest
  @CsvSource({"0, party0", "0, common", "1, party1", "1, common", "1, user"})
  void party_keysUnderAnotherSessionsName_areRefused(int role, String reader) throws IOException {
    Path other = keys.of(role).resolve(reader).resolve(keys.sessions().get(1) + ".bin");
    Files.delete(file(role, reader));
    Files.move(other, file(role, reader));

    start(role).refused(1, keys.sessions().get(1), "keep their names");
    assertUnclaimed(role);
  }

  @ParameterizedTest
  @CsvSource({"0, party0", "0, common", "1, party1", "1, common", "1, user"})
  void party_keysMissing_isRefused(int role, String reader) throws IOException {
    Files.delete(file(role, reader));

    start(role).refused(1, keys.session(), "is missing");
  }

  @ParameterizedTest
  @CsvSource({"0, party0, party1", "1, party1, party0"})
  void party_keysOfTheOtherRole_areRefused(int role, String own, String others) throws IOException {
    Path session = keys.all().resolve(others).resolve(keys.session() + ".bin");
    Files.delete(file(role, own));
    Files.copy(session, file(role, own));
    start(role).refused(1, "another role");

    Path version = keys.of(role).resolve(own).resolve("version.bin");
    Files.delete(version);
    Files.copy(keys.all().resolve(others).resolve("version.bin"), version);
    start(role).refused(1, "not for PARTY_" + role);
  }

  /** At scale 12 the same model again, which is a version of its own. */
  @ParameterizedTest
  @CsvSource({"0, 10", "1, 10", "0, 12", "1, 12"})
  void party_keysOfAnotherVersion_areRefused(int role, int scale) throws IOException {
    DirectModel other = DirectSetup.compile(folder.resolve("other"), "--scale", scale);
    keys = Keys.deal(other, 1, Files.createDirectory(folder.resolve("others")));

    start(role).refused(1, "program");
  }

  @Test
  void party_allSessionsUsedUp_saysSo() throws IOException {
    for (String session : keys.sessions()) {
      Files.createFile(keys.user().resolve("party1/" + session + ".claim"));
    }
    Files.createFile(keys.user().resolve("party1/masked-weights-" + setup.model.id() + ".bin"));

    Cli.run(setup.party(1, keys, "--connect", "localhost:1", "--input", ReferenceData.digit()))
        .refused(1, "no unused session", "maskwire deal");
  }

  @Test
  void deal_intoKeysOfAnotherProgram_isRefused() throws IOException {
    DirectModel coarser = DirectSetup.compile(folder.resolve("coarser"), "--scale", 10);
    List<Path> before = files(keys.all());

    Cli.run("deal", coarser.user(), "-o", keys.all()).refused(1, "program");

    assertThat(files(keys.all())).isEqualTo(before);
  }

  private static List<Path> files(Path root) throws IOException {
    try (var files = Files.walk(root)) {
      return files.sorted().toList();
    }
  }

  @Test
  void partyOne_inputOfWrongShape_isRefused() throws IOException {
    start(write("short.npy", Shape.of(1, 1, 28, 27), 0)).refused(1, "short.npy", "28, 27");
    assertUnclaimed(1);
  }

  @Test
  void partyOne_inputOutOfRange_isRefused() throws IOException {
    start(write("bright.npy", Shape.of(1, 1, 28, 28), 9))
        .refused(1, ".npy: element 783 is 9.0", "magnitudes up to 8", "--input-bound 9.0");
    assertUnclaimed(1);
  }

  private Path write(String name, Shape shape, float last) throws IOException {
    float[] values = new float[shape.elements()];
    values[values.length - 1] = last;
    Path file = folder.resolve(name);
    NpyWriter.write(file, FloatTensor.takeOwnershipOf(shape, values));
    return file;
  }

  @Test
  void partyOne_resultForTheOwnerOnly_isRefusedByPolicy() throws IOException {
    DirectModel secretive = DirectSetup.compile(folder.resolve("for"), "--reveal", "owner");
    Keys dealt = Keys.deal(secretive, 1, Files.createDirectory(folder.resolve("others")));

    Cli.run(
            "party",
            "--role",
            1,
            "--model",
            secretive.user(),
            "--keys",
            dealt.user(),
            "--connect",
            "localhost:1",
            "--input",
            ReferenceData.digit(),
            "--certificate",
            setup.one.certificate(),
            "--private-key",
            setup.one.key(),
            "--ca",
            setup.one.authority())
        .refused(4, "to the owner only");
  }

  private void assertUnclaimed(int role) {
    assertThat(keys.of(role).resolve("party" + role).resolve(keys.session() + ".claim").toFile())
        .doesNotExist();
  }
}
