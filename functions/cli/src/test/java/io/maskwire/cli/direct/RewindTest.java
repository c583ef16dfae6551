package io.maskwire.cli.direct;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.maskwire.cli.inference.KeyFolder;
import io.maskwire.cli.inference.RewoundException;
import io.maskwire.cli.inference.SecureInference;
import io.maskwire.crypto.execution.Channel;
import io.maskwire.crypto.execution.ChannelException;
import io.maskwire.crypto.execution.InMemoryChannel;
import io.maskwire.crypto.execution.Plaintext;
import io.maskwire.crypto.protocol.Role;
import io.maskwire.crypto.ring.RingTensor;
import io.maskwire.crypto.wire.SessionId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A peer that repeats a session with another message than before gets no answer to it. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RewindTest {
  @TempDir private Path root;
  private final RewindModel model = new RewindModel();
  private SessionId session;

  @BeforeEach
  void deal() throws IOException {
    session = keys().deal(model.program(), model.id(), 1, new SecureRandom()).getFirst();
  }

  /** As a process that has just started has it. */
  private KeyFolder keys() {
    return new KeyFolder(root);
  }

  private Path claim(Role role) {
    return root.resolve("party" + role.index()).resolve(session + ".claim");
  }

  /** The honest party's run over {@code channel}. */
  private FutureTask<List<RingTensor>> start(Role honest, Channel channel) {
    DirectSession party = new DirectSession(model.program(), model.id(), session, keys(), channel);
    FutureTask<List<RingTensor>> run =
        new FutureTask<>(
            () -> {
              try (channel) {
                if (honest == Role.PARTY_0) {
                  party.runWithOwner(model.weights(), round -> {});
                  return List.of();
                }
                return party.runWithUser(model.input(), round -> {}).outputs();
              }
            });
    Thread.ofPlatform().daemon().start(run);
    return run;
  }

  /** One session of an honest party and a peer that the test drives. */
  private final class Run implements AutoCloseable {
    private final InMemoryChannel.Pair channels = InMemoryChannel.pair(Duration.ofMinutes(1));
    private final FutureTask<List<RingTensor>> honest;
    private final DrivenPeer peer;

    Run(Role role) {
      boolean zero = role == Role.PARTY_0;
      honest = start(role, zero ? channels.zero() : channels.one());
      peer =
          new DrivenPeer(
              model, keys(), session, role.other(), zero ? channels.one() : channels.zero());
    }

    void assertRefused() {
      assertThat(failure()).isInstanceOf(RewoundException.class);
      assertThatThrownBy(peer::receive)
          .as("no answer")
          .isInstanceOfSatisfying(
              ChannelException.class,
              e -> assertThat(e.errorCode()).isEqualTo(ChannelException.ErrorCode.PEER_CLOSED));
    }

    Throwable failure() {
      ExecutionException ended = catchThrowableOfType(ExecutionException.class, honest::get);
      return Objects.requireNonNull(ended.getCause());
    }

    @Override
    public void close() {
      channels.close();
    }
  }

  static Stream<Arguments> roundsOfBothRoles() {
    int last = new RewindModel().rounds() - 1;
    assertThat(last).isGreaterThan(2);
    return Stream.of(Role.values())
        .flatMap(role -> Stream.of(0, last / 2, last).map(round -> Arguments.of(role, round)));
  }

  @ParameterizedTest
  @MethodSource("roundsOfBothRoles")
  void rounds_otherOpeningInARepeatedSession_isNotAnswered(Role honest, int round)
      throws Exception {
    try (Run first = new Run(honest)) {
      first.peer.start().rounds(round).open().leave();
      assertThat(first.failure()).isInstanceOf(ChannelException.class);
    }
    try (Run rewound = new Run(honest)) {
      rewound.peer.start().rounds(round).openOtherwise();
      rewound.assertRefused();
    }
    try (Run repeated = new Run(honest)) {
      repeated.peer.start().rounds(model.rounds()).share();
      List<RingTensor> outputs = repeated.honest.get();
      if (honest == Role.PARTY_1) {
        List<RingTensor> clear =
            Plaintext.evaluate(model.program(), model.weights(), model.input());
        assertThat(SecureInference.equal(outputs, clear)).isTrue();
      }
    }
    assertThat(claim(honest)).hasSize(64);
  }

  @ParameterizedTest
  @MethodSource("roundsOfBothRoles")
  void rounds_honestOpeningAfterAnother_isNotAnswered(Role honest, int round) throws Exception {
    try (Run first = new Run(honest)) {
      first.peer.start().rounds(round).openOtherwise().leave();
      assertThat(first.failure()).isInstanceOf(ChannelException.class);
    }
    try (Run rewound = new Run(honest)) {
      rewound.peer.start().rounds(round).open();
      rewound.assertRefused();
    }
  }

  @Test
  void rounds_messageOfAnotherRound_doesNotStandInTheWayOfTheRightOne() throws Exception {
    try (Run first = new Run(Role.PARTY_0)) {
      first.peer.start().rounds(1).openTheRoundBefore().leave();
      assertThat(first.failure()).hasMessageContaining("round");
    }
    try (Run repeated = new Run(Role.PARTY_0)) {
      repeated.peer.start().rounds(model.rounds()).share();
      assertThat(repeated.honest.get()).isEmpty();
    }
  }

  @Test
  void weights_othersInARepeatedSession_areNotAnswered() throws Exception {
    try (Run first = new Run(Role.PARTY_1)) {
      first.peer.start().leave();
      assertThat(first.failure()).isInstanceOf(ChannelException.class);
    }
    byte[] before = Files.readAllBytes(claim(Role.PARTY_1));
    try (Run rewound = new Run(Role.PARTY_1)) {
      rewound.peer.offerOtherWeights();
      rewound.assertRefused();
    }
    assertThat(Files.readAllBytes(claim(Role.PARTY_1))).isEqualTo(before);
  }

  @Test
  void session_underWayTwice_servesOneRunAtATime() throws Exception {
    try (Run first = new Run(Role.PARTY_0)) {
      DrivenPeer.Started started = first.peer.start();
      try (Run second = new Run(Role.PARTY_0)) {
        second.peer.start();
        assertThat(second.failure()).hasMessageContaining("under way");
      }
      started.rounds(model.rounds()).share();
      assertThat(first.honest.get()).isEmpty();
    }
  }
}
