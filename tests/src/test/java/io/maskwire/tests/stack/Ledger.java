package io.maskwire.tests.stack;

import static org.assertj.core.api.Assertions.assertThat;

import io.maskwire.crypto.protocol.Role;
import io.maskwire.crypto.wire.ByteReader;
import io.maskwire.crypto.wire.SessionId;
import io.maskwire.exchange.event.EventType;
import io.maskwire.exchange.event.InputUploaded;
import io.maskwire.exchange.event.SessionEnded;
import io.maskwire.exchange.event.SessionIds;
import io.maskwire.exchange.event.Topic;
import io.maskwire.exchange.seal.PairSeal;
import io.maskwire.exchange.seal.PemFile;
import io.maskwire.exchange.seal.SealKeys;
import io.maskwire.exchange.store.Container;
import io.maskwire.exchange.store.Container.Domain;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/**
 * What broker and store have of sessions: that every one ended, and that its keys, which have its
 * id, served one input. A message may be sent twice, after a crash, but in one version only.
 */
final class Ledger implements DomainAccess.Records {
  /** A session log's head (magic, version, role, session), and the kind of the claimed input. */
  private static final int LOG_HEAD_BYTES = 4 + 2 + 1 + SessionId.BYTES;

  private static final int INPUT_KIND = 2;

  private final TestStack stack;
  private final Set<String> sessions;
  private final PairSeal pair;
  private final Map<String, Set<String>> inputs = new HashMap<>();
  private final Map<String, Set<SessionEnded.Outcome>> ends = new HashMap<>();
  private final Map<String, Set<String>> shares = new HashMap<>();

  /** By session and sender, by round: the versions of the message in clear. */
  private final Map<String, Map<Integer, Set<ByteBuffer>>> messages = new HashMap<>();

  private Ledger(TestStack stack, List<String> sessions) {
    this.stack = stack;
    this.sessions = new TreeSet<>(sessions);
    Properties party = DomainAccess.settings(stack.settings("party0"));
    pair =
        new PairSeal(
            SealKeys.privateKey(
                PemFile.read(Path.of(party.getProperty("maskwire.party.private-key")), "key")),
            SealKeys.of(
                PemFile.read(
                        Path.of(party.getProperty("maskwire.party.peer-certificate")),
                        "certificate")
                    .certificates()
                    .getFirst()),
            new SecureRandom());
  }

  /** Fails unless each of {@code sessions} ends, as it should. */
  static void check(TestStack stack, List<String> sessions) {
    Ledger ledger = new Ledger(stack, sessions);
    ledger.read();
    sessions.forEach(ledger::check);
  }

  private void read() {
    DomainAccess user = stack.as(Domain.USER);
    user.follow(this, Topic.SESSIONS.topic());
    // All else was sent before the sessions ended.
    user.follow(this, Topic.INPUTS.topic(), Topic.RESULTS.topic(), Topic.TO_PARTY1.topic());
    stack.as(Domain.OWNER).follow(this, Topic.TO_PARTY0.topic());
  }

  @Override
  public void add(ConsumerRecord<String, byte[]> record) {
    String session = String.valueOf(record.key());
    if (!sessions.contains(session)) {
      return;
    }
    switch (header(record, "ce_type")) {
      case EventType.INPUT_UPLOADED -> of(inputs, session).add(hex(record.value()));
      case EventType.SESSION_ENDED ->
          of(ends, session).add(SessionEnded.fromJson(record.value()).outcome());
      case EventType.RESULT_SHARED -> of(shares, session).add(header(record, "ce_party"));
      case EventType.ROUND_SENT -> message(session, record);
      default -> assertThat(header(record, "ce_type")).isEqualTo(EventType.SESSION_OPENED);
    }
  }

  private void message(String session, ConsumerRecord<String, byte[]> record) {
    int round = Integer.parseInt(header(record, "ce_round"));
    Role sender = Role.of(Integer.parseInt(header(record, "ce_party")));
    byte[] plain = pair.open(SessionIds.parse(session), sender, round, record.value());
    messages
        .computeIfAbsent(session + " from " + sender, any -> new TreeMap<>())
        .computeIfAbsent(round, any -> new TreeSet<>())
        .add(ByteBuffer.wrap(plain));
  }

  private static <T> Set<T> of(Map<String, Set<T>> map, String session) {
    return map.computeIfAbsent(session, any -> new TreeSet<>());
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  private static String header(ConsumerRecord<String, byte[]> record, String name) {
    Header header = record.headers().lastHeader(name);
    return header == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
  }

  @Override
  public boolean areComplete() {
    return ends.keySet().equals(sessions);
  }

  @Override
  public String missing() {
    Set<String> lost = new TreeSet<>(sessions);
    lost.removeAll(ends.keySet());
    return "sessions without an end: " + lost;
  }

  private void check(String session) {
    assertThat(ends.get(session)).containsExactly(SessionEnded.Outcome.COMPLETED);
    assertThat(shares.get(session)).containsExactly("0", "1");
    assertThat(inputs.get(session))
        .singleElement()
        .extracting(json -> InputUploaded.fromJson(HexFormat.of().parseHex(json)).session())
        .hasToString(session);
    List<Set<Integer>> rounds = new ArrayList<>();
    for (Role sender : Role.values()) {
      Map<Integer, Set<ByteBuffer>> sent =
          Objects.requireNonNull(messages.get(session + " from " + sender), "no message");
      assertThat(sent.values())
          .as("versions of each message of %s in %s", sender, session)
          .allSatisfy(versions -> assertThat(versions).hasSize(1));
      rounds.add(sent.keySet());
    }
    assertThat(rounds.getFirst()).as("rounds").isEqualTo(rounds.getLast());
    List<String> party0 = claims(Domain.OWNER, Container.STATE_PARTY0, session);
    List<String> party1 = claims(Domain.USER, Container.STATE_PARTY1, session);
    assertThat(party0).as("inputs that party 0 has claimed keys for").hasSize(1).isEqualTo(party1);
  }

  /** The hashes of inputs in a party's log of {@code session}. */
  private List<String> claims(Domain domain, Container logs, String session) {
    byte[] log = stack.as(domain).container(logs).read(session).orElseThrow();
    ByteReader reader = new ByteReader(log, "log of " + session);
    reader.getBytes(LOG_HEAD_BYTES);
    List<String> claims = new ArrayList<>();
    while (reader.remaining() > 0) {
      byte[] body = reader.getBytes(reader.getInt());
      reader.getInt(); // the checksum
      if (body[0] == INPUT_KIND) {
        claims.add(hex(body));
      }
    }
    return claims;
  }
}
