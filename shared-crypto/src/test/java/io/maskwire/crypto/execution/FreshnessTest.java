package io.maskwire.crypto.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.maskwire.crypto.ir.Program;
import io.maskwire.crypto.prg.Seed;
import io.maskwire.crypto.wire.KeyHeader;
import io.maskwire.crypto.wire.MaskSeeds;
import io.maskwire.crypto.wire.SessionId;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A fixed or repeated seed is the worst bug that this system can have. */
class FreshnessTest {
  private static final int SESSIONS = 1000;

  private final InProcess run =
      new InProcess(EveryGate.program(), EveryGate.weights(), new SplittableRandom(1));

  @Test
  void deal_manySessions_neverRepeatAnySecret() throws IOException {
    SecureRandom random = new SecureRandom();
    Set<String> seeds = new HashSet<>();
    Set<SessionId> sessions = new HashSet<>();
    Set<String> keyMaterial = new HashSet<>();
    int seedsPerSession = 0;
    for (int i = 0; i < SESSIONS; i++) {
      var common = new ByteArrayOutputStream();
      var party0 = new ByteArrayOutputStream();
      var party1 = new ByteArrayOutputStream();
      MaskSeeds masks =
          run.dealer.deal(Seed.randomRoot(random), new Dealer.Sinks(common, party0, party1));
      seeds.add(first(common, KeyHeader.Kind.COMMON));
      seeds.add(first(party0, KeyHeader.Kind.PARTY_0));
      seeds.add(first(party1, KeyHeader.Kind.PARTY_1));
      seedsPerSession = 3;
      for (MaskSeeds.Pair pair : concat(masks)) {
        seeds.add(hex(pair.party0()));
        seeds.add(hex(pair.party1()));
        seedsPerSession += 2;
      }
      sessions.add(masks.session());
      for (KeyPlan.Section section : run.model0.plan().sections(2)) {
        keyMaterial.add(
            HexFormat.of()
                .formatHex(
                    common.toByteArray(),
                    (int) section.common().offset() + 12,
                    (int) section.common().offset() + 28));
      }
    }
    assertThat(sessions).hasSize(SESSIONS);
    assertThat(seedsPerSession).isEqualTo(3 + 2 + 4);
    assertThat(seeds).hasSize(SESSIONS * seedsPerSession);
    assertThat(keyMaterial).hasSize(SESSIONS);
  }

  @Test
  void random_manyVersions_neverRepeat() {
    SecureRandom random = new SecureRandom();
    Set<String> seeds = new HashSet<>();
    for (int i = 0; i < SESSIONS; i++) {
      VersionSeeds version = VersionSeeds.random(random);
      seeds.add(hex(version.party0()));
      seeds.add(hex(version.party1()));
    }
    assertThat(seeds).hasSize(2 * SESSIONS);
  }

  @Test
  void deal_anyRoot_isWiped() throws IOException {
    Seed root = Seed.randomRoot(new SecureRandom());
    var sink = new ByteArrayOutputStream();
    run.dealer.deal(root, new Dealer.Sinks(sink, sink, sink));
    assertThatThrownBy(root::toBytes).hasMessageContaining("the seed was wiped");
  }

  /** Where key files are named by session, their sinks are opened under the id that they say. */
  @Test
  void deal_sinkFactory_getsTheIdOnceBeforeAnythingIsWritten() throws IOException {
    var party0 = new ByteArrayOutputStream();
    List<SessionId> opened = new ArrayList<>();
    MaskSeeds masks =
        run.dealer.deal(
            Seed.randomRoot(new SecureRandom()),
            session -> {
              opened.add(session);
              return new Dealer.Sinks(
                  OutputStream.nullOutputStream(), party0, OutputStream.nullOutputStream());
            });
    KeyHeader header = KeyHeader.decode(party0.toByteArray(), KeyHeader.Kind.PARTY_0, run.id);
    assertThat(opened).containsExactly(masks.session());
    assertThat(header.session()).isEqualTo(masks.session());
  }

  @Test
  void deal_sinksThatCannotBeOpened_rootIsWiped() {
    Seed root = Seed.randomRoot(new SecureRandom());
    assertThatThrownBy(
            () ->
                run.dealer.deal(
                    root,
                    session -> {
                      throw new IOException("no space for " + session);
                    }))
        .isInstanceOf(IOException.class);
    assertThatThrownBy(root::toBytes).hasMessageContaining("the seed was wiped");
  }

  /** The policy names who may unmask; nobody else is handed the seeds. */
  @Test
  void deal_resultForTheOwner_userGetsNoOutputSeeds() {
    for (Program.Reveal reveal : Program.Reveal.values()) {
      var policy =
          new InProcess(EveryGate.program(reveal), EveryGate.weights(), new SplittableRandom(2));
      assertThat(policy.deal().seeds().outputs())
          .as("%s", reveal)
          .hasSize(reveal == Program.Reveal.OWNER ? 0 : 2);
    }
  }

  private static Iterable<MaskSeeds.Pair> concat(MaskSeeds seeds) {
    return Stream.concat(seeds.inputs().stream(), seeds.outputs().stream()).toList();
  }

  private String first(ByteArrayOutputStream file, KeyHeader.Kind kind) {
    return hex(KeyHeader.decode(file.toByteArray(), kind, run.id).first());
  }

  private static String hex(Seed seed) {
    return HexFormat.of().formatHex(seed.toBytes());
  }
}
