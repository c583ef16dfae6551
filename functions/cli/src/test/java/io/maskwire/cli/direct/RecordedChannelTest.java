package io.maskwire.cli.direct;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.maskwire.cli.inference.KeyFolder;
import io.maskwire.cli.inference.RewoundException;
import io.maskwire.cli.inference.SessionRecord;
import io.maskwire.crypto.execution.Channel;
import io.maskwire.crypto.protocol.Role;
import io.maskwire.crypto.wire.RoundMessage;
import io.maskwire.crypto.wire.SessionId;
import io.maskwire.crypto.wire.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nothing leaves before what it depends on is in the record. */
class RecordedChannelTest {
  private static final SessionId SESSION = new SessionId(new byte[SessionId.BYTES]);
  private static final int ROUNDS = 2;

  @TempDir private Path root;
  private final Recording sent = new Recording();

  /** A peer that answers with what it is given; notes the record at each sending. */
  private final class Recording implements Channel {
    private final List<byte[]> records = new ArrayList<>();
    private byte[] answer = new byte[0];

    private void note() {
      try {
        records.add(Files.readAllBytes(claim()));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public byte[] exchange(byte[] message, long limitBytes) {
      note();
      return answer;
    }

    @Override
    public void send(byte[] message) {
      note();
    }

    @Override
    public byte[] receive(long limitBytes) {
      return answer;
    }

    @Override
    public long bytesSent() {
      return 0;
    }

    @Override
    public long bytesReceived() {
      return 0;
    }

    @Override
    public void close() {}
  }

  @BeforeEach
  void folder() throws IOException {
    Files.createDirectories(root.resolve("party0"));
  }

  private Path claim() {
    return root.resolve("party0").resolve(SESSION + ".claim");
  }

  private SessionRecord record() throws IOException {
    return new KeyFolder(root)
        .claim(Role.PARTY_0, SESSION, new SessionRecord.Claim(new byte[32], new byte[32], ROUNDS));
  }

  private static byte[] message(Role role, int round, int payload) {
    return new RoundMessage(role, round, SESSION, new byte[32], new byte[] {(byte) payload})
        .encode();
  }

  private static byte[] digest(byte[] record, int round) {
    return Arrays.copyOfRange(record, 32 * (2 + round), 32 * (3 + round));
  }

  @Test
  void exchange_next_findsThePeersMessageInTheRecord() throws IOException {
    try (SessionRecord record = record()) {
      Channel channel = new RecordedChannel(sent, record);
      byte[] first = message(Role.PARTY_1, 0, 5);
      byte[] second = message(Role.PARTY_1, 1, 6);

      sent.answer = first;
      channel.exchange(message(Role.PARTY_0, 0, 1));
      sent.answer = second;
      channel.exchange(message(Role.PARTY_0, 1, 2));
      channel.send(new byte[] {3});

      assertThat(digest(sent.records.get(0), 0)).containsOnly(0);
      assertThat(digest(sent.records.get(1), 0)).isEqualTo(Sha256.of(first));
      assertThat(digest(sent.records.get(1), 1)).containsOnly(0);
      assertThat(digest(sent.records.get(2), 1)).isEqualTo(Sha256.of(second));
    }
  }

  @Test
  void send_afterAnotherMessageThanBefore_isRefused() throws IOException {
    try (SessionRecord record = record()) {
      record.accept(0, message(Role.PARTY_1, 0, 5));
      Channel channel = new RecordedChannel(sent, record);
      sent.answer = message(Role.PARTY_1, 0, 6);
      channel.exchange(message(Role.PARTY_0, 0, 1));

      assertThatThrownBy(() -> channel.send(new byte[1])).isInstanceOf(RewoundException.class);
      assertThatThrownBy(channel::receive).isInstanceOf(RewoundException.class);
      assertThatThrownBy(() -> channel.exchange(new byte[1])).isInstanceOf(RewoundException.class);
      assertThat(sent.records).hasSize(1);
    }
  }

  @Test
  void send_afterAMessageThatIsNoneOfTheRound_isRefused() throws IOException {
    try (SessionRecord record = record()) {
      Channel channel = new RecordedChannel(sent, record);
      sent.answer = message(Role.PARTY_1, 1, 5);
      channel.exchange(message(Role.PARTY_0, 0, 1));

      assertThatThrownBy(() -> channel.send(new byte[1])).isInstanceOf(IllegalStateException.class);
      assertThat(digest(Files.readAllBytes(claim()), 0)).containsOnly(0);
    }
  }

  @Test
  void send_recordThatCannotBeWritten_isRefused() throws IOException {
    SessionRecord record = record();
    record.close();
    Channel channel = new RecordedChannel(sent, record);
    sent.answer = message(Role.PARTY_1, 0, 5);
    channel.exchange(message(Role.PARTY_0, 0, 1));

    assertThatThrownBy(() -> channel.send(new byte[1]))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("cannot be recorded");
    assertThat(sent.records).hasSize(1);
  }
}
