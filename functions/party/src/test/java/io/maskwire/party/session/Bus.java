package io.maskwire.party.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.maskwire.crypto.protocol.Role;
import io.maskwire.exchange.event.InputUploaded;
import io.maskwire.exchange.event.SessionEnded;
import io.maskwire.exchange.event.SessionOpened;
import io.maskwire.exchange.event.Topic;
import io.maskwire.exchange.seal.PairSeal;
import io.maskwire.exchange.store.Container;
import io.maskwire.party.fixture.World;
import java.security.SecureRandom;
import java.security.interfaces.ECPublicKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The broker of one session: all events that were ever sent to each party, and its results. */
final class Bus implements Outbox {
  private final World world;
  private final World.Session session;
  private final PairSeal opener;
  private final Map<Role, List<SessionEvent>> inboxes = new EnumMap<>(Role.class);
  private final Map<Role, byte[]> results = new EnumMap<>(Role.class);
  private final Map<String, byte[]> messages = new HashMap<>();
  private int sent;
  private int references;

  Bus(World world, World.Session session) {
    this.world = world;
    this.session = session;
    opener =
        new PairSeal(
            world.keys(Role.PARTY_0).getPrivate(),
            (ECPublicKey) world.keys(Role.PARTY_1).getPublic(),
            new SecureRandom());
    for (Role role : Role.values()) {
      inboxes.put(role, new ArrayList<>());
    }
  }

  SessionEvent opened() {
    return new SessionEvent.Opened(
        new SessionOpened(session.id(), session.model().name(), session.resultKey(), Instant.MAX));
  }

  SessionEvent input() {
    return new SessionEvent.Input(
        new InputUploaded(session.id(), session.model().name(), session.resultKey()));
  }

  SessionEvent ended() {
    return new SessionEvent.Ended(
        new SessionEnded(session.id(), session.model().name(), SessionEnded.Outcome.COMPLETED));
  }

  /** The events of a party, oldest first. */
  synchronized List<SessionEvent> inbox(Role role) {
    return List.copyOf(inboxes.getOrDefault(role, List.of()));
  }

  synchronized void publish(SessionEvent event) {
    inboxes.values().forEach(inbox -> inbox.add(event));
  }

  @Override
  public synchronized void send(OutgoingEvent event) {
    sent++;
    references += event.reference().isPresent() ? 1 : 0;
    assertThat(event.session()).isEqualTo(session.id());
    boolean result = event.topic() == Topic.RESULTS;
    Container claims =
        result
            ? Container.claimsOfResult(event.sender())
            : Container.claimsTo(event.sender().other());
    byte[] sealed =
        event
            .reference()
            .map(name -> world.container(claims).read(name).orElseThrow())
            .orElse(event.data());
    byte[] plain =
        result
            ? session.open(event.sender(), sealed).encode()
            : opener.open(session.id(), event.sender(), event.round(), sealed);
    byte[] first = messages.putIfAbsent(event.sender() + "/" + event.round(), plain);
    assertThat(first == null ? plain : first).isEqualTo(plain);
    if (result) {
      boolean complete = results.size() == 2;
      results.put(event.sender(), sealed);
      if (!complete && results.size() == 2) {
        publish(ended());
      }
    } else {
      inboxes
          .getOrDefault(event.sender().other(), List.of())
          .add(
              new SessionEvent.PeerMessage(
                  session.id(), event.name(), event.round(), event.data(), event.reference()));
    }
  }

  /** Messages sent so far, repetitions included. */
  synchronized int sent() {
    return sent;
  }

  /** Of these, how many went by blob storage. */
  synchronized int references() {
    return references;
  }

  /** Sealed result shares so far. */
  synchronized Map<Role, byte[]> results() {
    return Map.copyOf(results);
  }

  /** The message of a party in a round, in clear. */
  synchronized byte[] message(Role sender, int round) {
    return java.util.Objects.requireNonNull(messages.get(sender + "/" + round));
  }
}
