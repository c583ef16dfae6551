package io.maskwire.tests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.maskwire.cli.direct.TestCertificates;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A compiled LeNet, two parties' certificates and a stranger's: made once for all tests. */
final class DirectSetup {
  static final DirectSetup SHARED = new DirectSetup();

  final TestCertificates.Pem zero;
  final TestCertificates.Pem one;

  /** Issued by another authority, for the right name, and trusting the right authority. */
  final TestCertificates.Pem stranger;

  final DirectModel model;

  private DirectSetup() {
    try {
      Path folder = Files.createTempDirectory("maskwire-direct-");
      Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(folder)));
      TestCertificates authority = TestCertificates.in(folder.resolve("authority"));
      zero = authority.party("party-0");
      one = authority.party("party-1");
      stranger =
          TestCertificates.in(folder.resolve("other"), "other")
              .party("party-1")
              .trusting(authority.authority());
      model = compile(folder.resolve("model"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Compiles LeNet into {@code folder} and makes the user's copy of it. */
  static DirectModel compile(Path folder, Object... options) throws IOException {
    List<Object> arguments =
        new ArrayList<>(List.of("compile", ReferenceData.lenet(), "-o", folder.resolve("owner")));
    arguments.addAll(List.of(options));
    assertThat(Cli.run(arguments.toArray()).code()).isZero();
    return publish(folder.resolve("owner"), folder.resolve("user"));
  }

  /** Copies what is public of the compiled folder {@code owner} to {@code user}. */
  static DirectModel publish(Path owner, Path user) throws IOException {
    copy(owner, user);
    Files.delete(user.resolve("weights.bin"));
    return new DirectModel(owner, user);
  }

  /**
   * The keys of a few sessions, carried to where they belong.
   *
   * @param all as dealt
   * @param owner what the owner gets
   * @param user what the user gets
   * @param sessions their ids
   */
  record Keys(Path all, Path owner, Path user, List<String> sessions) {
    static Keys deal(DirectModel model, int count, Path folder) throws IOException {
      return carry(
          Cli.run("deal", model.user(), "-n", count, "-o", folder.resolve("keys"), "--json"),
          folder);
    }

    /**
     * Splits the folder {@code keys} of {@code folder}, which {@code maskwire deal} has written.
     */
    static Keys carry(Outcome dealt, Path folder) throws IOException {
      Path all = folder.resolve("keys");
      List<String> sessions = new ArrayList<>();
      for (JsonNode session : dealt.json().get("sessions")) {
        sessions.add(session.asText());
      }
      for (String reader : List.of("owner", "party0", "common")) {
        copy(all.resolve(reader), folder.resolve("owners").resolve(reader));
      }
      for (String reader : List.of("user", "party1", "common")) {
        copy(all.resolve(reader), folder.resolve("users").resolve(reader));
      }
      return new Keys(all, folder.resolve("owners"), folder.resolve("users"), sessions);
    }

    String session() {
      return sessions.getFirst();
    }

    Path of(int role) {
      return role == 0 ? owner : user;
    }

    /** Asserts that the keys of {@code role} are gone, and that the session stays claimed. */
    void assertErased(int role, String session) {
      assertThat(of(role).resolve("party" + role).resolve(session + ".bin")).doesNotExist();
      assertThat(of(role).resolve("common").resolve(session + ".bin")).doesNotExist();
      assertThat(of(role).resolve("user").resolve(session + ".bin")).doesNotExist();
      assertThat(of(role).resolve("party" + role).resolve(session + ".claim")).exists();
    }

    /** Asserts that a session was begun and not finished. */
    void assertClaimedAndKept(int role, String session) {
      assertThat(of(role).resolve("party" + role).resolve(session + ".bin")).exists();
      assertThat(of(role).resolve("common").resolve(session + ".bin")).exists();
      assertThat(of(role).resolve("party" + role).resolve(session + ".claim")).exists();
    }
  }

  /** The command line of a party of the shared model. */
  Object[] party(int role, Keys keys, Object... more) {
    return party(model, role, keys, more);
  }

  /** The command line of a party. */
  Object[] party(DirectModel model, int role, Keys keys, Object... more) {
    TestCertificates.Pem pem = role == 0 ? zero : one;
    List<Object> words =
        new ArrayList<>(
            List.of(
                "party",
                "--role",
                role,
                "--model",
                role == 0 ? model.owner() : model.user(),
                "--keys",
                keys.of(role),
                "--certificate",
                pem.certificate(),
                "--private-key",
                pem.key(),
                "--ca",
                pem.authority()));
    words.addAll(List.of(more));
    return words.toArray();
  }

  static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> entries = Files.walk(from)) {
      for (Path entry : entries.toList()) {
        Path target = to.resolve(from.relativize(entry));
        Files.createDirectories(target.resolveSibling(""));
        Files.copy(entry, target);
      }
    }
  }

  private static void delete(Path folder) {
    try (Stream<Path> entries = Files.walk(folder)) {
      for (Path entry : entries.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(entry);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
