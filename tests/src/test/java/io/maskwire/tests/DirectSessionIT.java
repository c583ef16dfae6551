package io.maskwire.tests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.maskwire.tests.DirectSetup.Keys;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The direct mode with each party in a process of its own. */
@Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class DirectSessionIT {
  /**
   * What party 0 has sent, beyond its masked weights, in mid-session: more than a handshake, so
   * that it has begun its openings and therefore claimed the session; less than half of the
   * openings.
   */
  private static final long MID_SESSION_BYTES = 16_384;

  @TempDir private Path folder;
  private DirectModel model = DirectSetup.SHARED.model;

  @BeforeAll
  static void requireData() {
    assertThat(ReferenceData.digit()).exists();
  }

  @Test
  void party_twoProcesses_giveTheBitsOfTheSameSessionInProcess() throws IOException {
    DirectSetup setup = DirectSetup.SHARED;
    Path out = folder.resolve("out");
    try (ChildProcess compile = ChildProcess.start("compile", ReferenceData.lenet(), "-o", out)) {
      assertThat(compile.await().code()).isZero();
    }
    model = DirectSetup.publish(out, folder.resolve("published"));
    Keys keys;
    try (ChildProcess deal =
        ChildProcess.start("deal", model.user(), "-n", 3, "-o", folder.resolve("keys"), "--json")) {
      keys = Keys.carry(deal.await(), folder);
    }
    assertThat(keys.sessions()).hasSize(3).doesNotHaveDuplicates();

    Outcome[] first = run(keys, 0);
    String session = usedUp(keys).getFirst();
    assertResult(first, keys, session);

    // The other side listens, and the masked weights are there already.
    Outcome[] second = run(keys, 1);
    List<String> used = usedUp(keys);
    used.remove(session);
    assertThat(used).hasSize(1);
    assertResult(second, keys, used.getFirst());

    Cli.run(setup.party(model, 0, keys, "--listen", "localhost:0", "--session", session))
        .refused(1, session, "used up");
    Cli.run(
            setup.party(
                model,
                1,
                keys,
                "--listen",
                "localhost:0",
                "--session",
                session,
                "--input",
                ReferenceData.digit()))
        .refused(1, session, "used up");
  }

  private Outcome[] run(Keys keys, int listening) {
    DirectSetup setup = DirectSetup.SHARED;
    Object[] input = {"--input", ReferenceData.digit(), "--json"};
    try (ChildProcess listener =
            ChildProcess.start(
                with(
                    setup.party(model, listening, keys, "--listen", "127.0.0.1:0"),
                    listening == 1 ? input : new Object[0]));
        ChildProcess connector =
            ChildProcess.start(
                with(
                    setup.party(
                        model,
                        1 - listening,
                        keys,
                        "--connect",
                        "localhost:" + listener.awaitPort()),
                    listening == 1 ? new Object[0] : input))) {
      Outcome of1 = (listening == 1 ? listener : connector).await();
      Outcome of0 = (listening == 1 ? connector : listener).await();
      return new Outcome[] {of0, of1};
    }
  }

  private static Object[] with(Object[] words, Object... more) {
    List<Object> all = new ArrayList<>(List.of(words));
    all.addAll(List.of(more));
    return all.toArray();
  }

  private void assertResult(Outcome[] outcomes, Keys keys, String session) {
    JsonNode json = outcomes[1].json();
    List<Float> output = new ArrayList<>();
    json.get("output").forEach(value -> output.add(value.floatValue()));
    assertThat(output).isEqualTo(model.runInProcess(keys.all(), session, ReferenceData.digit()));
    assertThat(json.get("label").asText()).isEqualTo("2");
    assertThat(json.get("bitExact").isNull()).isTrue();
    assertThat(outcomes[0].code()).as(outcomes[0].err()).isZero();
    assertThat(outcomes[0].out()).as("party 0 has nothing to tell").isEmpty();
    assertThat(outcomes[0].err().lines())
        .allMatch(
            line ->
                line.matches("maskwire: (listening on |waiting for the peer at )\\S+.*")
                    || line.equals(
                        "maskwire: session " + session + " is over; its keys are erased"));
    for (int role = 0; role < 2; role++) {
      keys.assertErased(role, session);
    }
  }

  private static List<String> usedUp(Keys keys) {
    List<String> used = new ArrayList<>(keys.sessions());
    used.removeIf(each -> keys.owner().resolve("party0/" + each + ".bin").toFile().exists());
    return used;
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void party_peerKilledInMidSession_endsWithAClearMessage(int killed) throws Exception {
    DirectSetup setup = DirectSetup.SHARED;
    Keys keys = Keys.deal(setup.model, 1, folder);
    try (ChildProcess zero = ChildProcess.start(setup.party(0, keys, "--listen", "127.0.0.1:0"));
        Relay relay =
            new Relay(
                zero.awaitPort(),
                setup.model.maskedWeights(keys.all()).length + MID_SESSION_BYTES);
        ChildProcess one =
            ChildProcess.start(
                setup.party(
                    1,
                    keys,
                    "--connect",
                    "localhost:" + relay.port(),
                    "--input",
                    ReferenceData.digit(),
                    "--json"))) {
      relay.awaitHolding();
      assertThat(zero.isAlive() && one.isAlive()).isTrue();
      (killed == 0 ? zero : one).kill();

      (killed == 0 ? one : zero).await().lostItsPeer();
      for (int role = 0; role < 2; role++) {
        keys.assertClaimedAndKept(role, keys.session());
      }
    }
  }
}
