package io.maskwire.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import io.maskwire.cli.direct.DirectConnector;
import io.maskwire.cli.direct.DirectEndpoint;
import io.maskwire.cli.direct.DirectLimits;
import io.maskwire.cli.direct.DirectListener;
import io.maskwire.cli.direct.HostPort;
import io.maskwire.cli.direct.SessionBinding;
import io.maskwire.cli.direct.TestCertificates;
import io.maskwire.cli.direct.TlsIdentity;
import io.maskwire.crypto.execution.Channel;
import io.maskwire.crypto.execution.ChannelException;
import io.maskwire.crypto.ir.Schedule;
import io.maskwire.crypto.ring.FloatTensor;
import io.maskwire.crypto.ring.Shape;
import io.maskwire.crypto.wire.RoundMessage;
import io.maskwire.input.NpyWriter;
import io.maskwire.tests.DirectSetup.Keys;
import java.io.IOException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One party is a process, the other is this test, message by message. */
@Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class DirectPeerIT {
  private static final byte[] HAVE = {0};
  private static final byte[] NEED = {1};
  private static final int LAST_ROUND = 17;
  private static final DirectLimits LIMITS =
      new DirectLimits(
          Duration.ofSeconds(60), Duration.ofSeconds(20), Duration.ofSeconds(60), 1L << 32);

  @TempDir private Path folder;
  private DirectSetup setup;
  private Keys keys;
  private Path digit;

  @BeforeEach
  void deal() throws IOException {
    digit = ReferenceData.digit();
    setup = DirectSetup.SHARED;
    keys = Keys.deal(setup.model, 1, folder);
  }

  private DirectEndpoint endpoint(int role, TestCertificates.Pem pem) {
    String program = HexFormat.of().formatHex(setup.model.id().toBytes());
    return new DirectEndpoint(
        TlsIdentity.fromPem(pem.certificate(), pem.key(), pem.authority()),
        Optional.empty(),
        new SessionBinding(role, program, keys.session()),
        LIMITS,
        line -> {});
  }

  private Channel connectAsPartyOne(ChildProcess zero, TestCertificates.Pem pem) {
    return new DirectConnector(endpoint(1, pem))
        .connect(new HostPort("localhost", zero.awaitPort()));
  }

  private ChildProcess startPartyZero() {
    return ChildProcess.start(
        setup.party(0, keys, "--listen", "127.0.0.1:0", "--session", keys.session()));
  }

  private DirectListener listenAsPartyZero() {
    return DirectListener.open(new HostPort("127.0.0.1", 0), endpoint(0, setup.zero));
  }

  private ChildProcess startPartyOne(int port, Path input) {
    return ChildProcess.start(
        setup.party(
            1,
            keys,
            "--connect",
            "localhost:" + port,
            "--session",
            keys.session(),
            "--input",
            input,
            "--json"));
  }

  private Path blank() throws IOException {
    Path file = folder.resolve("blank.npy");
    NpyWriter.write(file, FloatTensor.takeOwnershipOf(Shape.of(1, 1, 28, 28), new float[28 * 28]));
    return file;
  }

  @Test
  void partyOne_peerLeavesAfterTheMaskedInput_failsAndServesTheSameInputOnly() throws Exception {
    byte[] upload = setup.model.maskedInput(keys.all(), keys.session(), digit);

    try (DirectListener listener = listenAsPartyZero();
        ChildProcess one = startPartyOne(listener.port(), digit)) {
      try (Channel channel = listener.accept()) {
        assertThat(offerWeights(channel)).isEqualTo(NEED);
        channel.send(setup.model.maskedWeights(keys.all()));
        assertThat(channel.receive()).isEqualTo(upload);
      }
      one.await().lostItsPeer();
      keys.assertClaimedAndKept(1, keys.session());
    }

    try (DirectListener listener = listenAsPartyZero();
        ChildProcess one = startPartyOne(listener.port(), blank());
        Channel channel = listener.accept()) {
      assertThat(offerWeights(channel)).as("weights are kept").isEqualTo(HAVE);
      assertEnds(channel);
      one.await().refused(1, keys.session(), "already serves another input");
      keys.assertClaimedAndKept(1, keys.session());
    }

    try (ChildProcess zero = startPartyZero();
        ChildProcess one = startPartyOne(zero.awaitPort(), digit)) {
      JsonNode json = one.await().json();
      List<Float> output = new ArrayList<>();
      json.get("output").forEach(value -> output.add(value.floatValue()));
      assertThat(output).isEqualTo(setup.model.runInProcess(keys.all(), keys.session(), digit));
      assertThat(zero.await().code()).isZero();
      keys.assertErased(0, keys.session());
      keys.assertErased(1, keys.session());
    }
  }

  /** Sends the hash of the masked weights and returns the answer. */
  private byte[] offerWeights(Channel channel) throws Exception {
    channel.send(
        MessageDigest.getInstance("SHA-256").digest(setup.model.maskedWeights(keys.all())));
    return channel.receive(1);
  }

  private static void assertEnds(Channel channel) {
    assertThatThrownBy(channel::receive)
        .isInstanceOfSatisfying(
            ChannelException.class,
            e -> assertThat(e.errorCode()).isEqualTo(ChannelException.ErrorCode.PEER_CLOSED));
  }

  @Test
  void partyZero_uploadRepeated_givesTheSameMessageAndRefusesAnother() throws Exception {
    byte[] upload = setup.model.maskedInput(keys.all(), keys.session(), digit);
    byte[] other = setup.model.maskedInput(keys.all(), keys.session(), blank());
    assertThat(other).hasSameSizeAs(upload).isNotEqualTo(upload);

    byte[] first = firstMessage(upload);
    keys.assertClaimedAndKept(0, keys.session());
    try (ChildProcess zero = startPartyZero();
        Channel channel = connectAsPartyOne(zero, setup.one)) {
      receiveWeights(channel);
      channel.send(other);
      assertEnds(channel);
      assertThat(zero.await().err()).contains(keys.session(), "already serves another input");
      assertThat(zero.await().code()).isEqualTo(1);
    }
    byte[] again = firstMessage(upload);

    assertThat(again).isEqualTo(first);
    assertThat(RoundMessage.decode(first).round()).isZero();
    keys.assertClaimedAndKept(0, keys.session());
  }

  /** Party 0's first message on {@code upload}, after which this peer leaves. */
  private byte[] firstMessage(byte[] upload) throws Exception {
    try (ChildProcess zero = startPartyZero()) {
      byte[] message;
      try (Channel channel = connectAsPartyOne(zero, setup.one)) {
        receiveWeights(channel);
        channel.send(upload);
        message = channel.receive();
      }
      zero.await().lostItsPeer();
      return message;
    }
  }

  /** After the last round the result share may have left, and the keys are erased: RewindTest. */
  @ParameterizedTest
  @ValueSource(ints = {0, 9, LAST_ROUND - 1})
  void partyZero_rewoundWithAnotherOpening_refusesItAndServesTheFirst(int round) throws Exception {
    byte[] upload = setup.model.maskedInput(keys.all(), keys.session(), digit);
    assertThat(Schedule.of(setup.model.program()).rounds()).isEqualTo(LAST_ROUND + 1);
    try (ChildProcess zero = startPartyZero()) {
      try (Channel channel = connectAsPartyOne(zero, setup.one)) {
        channel.send(openingOf(round, channel, upload).encode());
      }
      zero.await().lostItsPeer();
    }

    try (ChildProcess zero = startPartyZero();
        Channel channel = connectAsPartyOne(zero, setup.one)) {
      byte[] other = openingOf(round, channel, upload).encode();
      other[RoundMessage.OVERHEAD] ^= 1;
      channel.send(other);
      assertEnds(channel);
      zero.await().refused(4, keys.session(), "round " + (round + 1), "Use another session");
      keys.assertClaimedAndKept(0, keys.session());
    }

    try (ChildProcess zero = startPartyZero();
        ChildProcess one = startPartyOne(zero.awaitPort(), digit)) {
      assertThat(one.await().json().get("label").asText()).isEqualTo("2");
      assertThat(zero.await().code()).isZero();
      keys.assertErased(0, keys.session());
    }
  }

  /** Plays party 1 up to {@code round}; returns its message of it, unsent. */
  private RoundMessage openingOf(int round, Channel channel, byte[] upload) throws IOException {
    receiveWeights(channel);
    channel.send(upload);
    DirectModel.PartyOne one = setup.model.partyOne(keys.all(), keys.session(), upload);
    RoundMessage message = one.first();
    while (message.round() < round) {
      channel.send(message.encode());
      message = one.session().advance(RoundMessage.decode(channel.receive()));
    }
    channel.receive();
    return message;
  }

  private void receiveWeights(Channel channel) throws IOException {
    assertThat(channel.receive()).hasSize(32);
    channel.send(NEED);
    assertThat(channel.receive()).isEqualTo(setup.model.maskedWeights(keys.all()));
  }

  @Test
  void partyZero_strangerConnects_waitsOnForTheRightPeer() throws IOException {
    try (ChildProcess zero = startPartyZero()) {
      int port = zero.awaitPort();
      ChannelException refusal =
          catchThrowableOfType(
              ChannelException.class,
              () ->
                  new DirectConnector(endpoint(1, setup.stranger))
                      .connect(new HostPort("localhost", port)));
      assertThat(refusal.errorCode()).isEqualTo(ChannelException.ErrorCode.UNTRUSTED_PEER);
      assertThat(zero.awaitLine("refused")).contains("not trusted");
      assertThat(zero.isAlive()).isTrue();

      try (ChildProcess one = startPartyOne(port, digit)) {
        assertThat(one.await().json().get("label").asText()).isEqualTo("2");
      }
      assertThat(zero.await().code()).isZero();
    }
  }

  @Test
  void partyOne_listenerIsAStranger_sendsNothingAndFails() {
    try (DirectListener listener =
            DirectListener.open(new HostPort("127.0.0.1", 0), endpoint(0, setup.stranger));
        ChildProcess one = startPartyOne(listener.port(), digit)) {
      Thread accepting =
          Thread.ofPlatform()
              .daemon()
              .start(
                  () ->
                      assertThat(catchThrowableOfType(ChannelException.class, listener::accept))
                          .isNotNull());
      one.await().refused(1, "not trusted");
      assertThat(accepting.isAlive()).isTrue();
      assertThat(keys.user().resolve("party1/" + keys.session() + ".claim")).doesNotExist();
    }
  }

  @Test
  void partyOne_wrongWeights_areRefused() throws Exception {
    byte[] weights = setup.model.maskedWeights(keys.all());
    try (DirectListener listener = listenAsPartyZero();
        ChildProcess one = startPartyOne(listener.port(), digit);
        Channel channel = listener.accept()) {
      assertThat(offerWeights(channel)).isEqualTo(NEED);
      weights[weights.length / 2] ^= 1;
      channel.send(weights);
      one.await().refused(1, "not those that the peer announced");
      assertThat(keys.user().resolve("party1/" + keys.session() + ".claim")).doesNotExist();
    }
  }
}
