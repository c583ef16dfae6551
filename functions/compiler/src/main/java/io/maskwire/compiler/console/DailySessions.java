package io.maskwire.compiler.console;

import io.maskwire.compiler.function.Problem;
import io.maskwire.compiler.function.RefusedException;
import io.maskwire.exchange.event.EventType;
import io.maskwire.exchange.event.SessionEnded;
import io.maskwire.exchange.event.SessionOpened;
import io.maskwire.exchange.event.Topic;
import io.maskwire.operations.EventAttributes;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Counts sessions of each model and day, from the topic {@code sessions}: all that it keeps at the
 * first question, and what has come since at each later one. In memory are the counts of the last
 * {@value #MOST_DAYS} days, and which sessions came last, since an event may come twice.
 */
public final class DailySessions implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(DailySessions.class);
  private static final int MOST_DAYS = 31;
  private static final int MOST_MODELS = 1_000;
  private static final int RECENT = 20_000;
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Duration POLL = Duration.ofMillis(200);

  private final Supplier<Consumer<byte[], byte[]>> opener;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<Key, Day> days = new HashMap<>();
  private final Map<String, Boolean> recent = new LinkedHashMap<>();
  private @Nullable Consumer<byte[], byte[]> open;

  /**
   * Nothing counted yet, and nothing opened.
   *
   * @param opener makes a consumer without a group
   */
  public DailySessions(Supplier<Consumer<byte[], byte[]>> opener) {
    this.opener = opener;
  }

  private record Key(String model, LocalDate day) {}

  /**
   * The sessions of a model on a day.
   *
   * @param model its name
   * @param day in UTC
   * @param opened sessions that users have opened
   * @param completed sessions that ended with a result
   * @param expired sessions that did not end in time
   */
  @RegisterForReflection
  @Schema(name = "Day", description = "Sessions of a model on a day")
  public record Day(
      @Schema(description = "name of the model") String model,
      @Schema(description = "in UTC") LocalDate day,
      @Schema(description = "sessions that users have opened") long opened,
      @Schema(description = "sessions that ended with a result") long completed,
      @Schema(description = "sessions that did not end in time") long expired) {

    private Day plus(Day more) {
      return new Day(
          model, day, opened + more.opened, completed + more.completed, expired + more.expired);
    }
  }

  /**
   * The counts, the latest day first.
   *
   * @throws RefusedException if the broker does not answer in time
   */
  public List<Day> count() {
    lock.lock();
    try {
      readToTheEnd();
      List<Day> sorted = new ArrayList<>(days.values());
      sorted.sort(Comparator.comparing(Day::day).reversed().thenComparing(Day::model));
      return sorted;
    } catch (KafkaException e) {
      throw new RefusedException(
          Problem.BROKER, "the broker does not answer at the moment; try again", e);
    } finally {
      lock.unlock();
    }
  }

  private void readToTheEnd() {
    Consumer<byte[], byte[]> consumer = consumer();
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment(), PATIENCE);
    while (isBehind(consumer, ends)) {
      if (System.nanoTime() > deadline) {
        throw new org.apache.kafka.common.errors.TimeoutException("the topic takes too long");
      }
      consumer.poll(POLL).forEach(this::take);
    }
    LocalDate oldest = LocalDate.now(ZoneOffset.UTC).minusDays(MOST_DAYS);
    days.keySet().removeIf(key -> key.day().isBefore(oldest));
  }

  private Consumer<byte[], byte[]> consumer() {
    Consumer<byte[], byte[]> known = open;
    if (known != null) {
      return known;
    }
    Consumer<byte[], byte[]> made = opener.get();
    try {
      List<TopicPartition> partitions =
          made.partitionsFor(Topic.SESSIONS.topic(), PATIENCE).stream()
              .map(info -> new TopicPartition(info.topic(), info.partition()))
              .toList();
      made.assign(partitions);
      made.seekToBeginning(partitions);
    } catch (KafkaException e) {
      made.close();
      throw e;
    }
    open = made;
    return made;
  }

  private static boolean isBehind(
      Consumer<byte[], byte[]> consumer, Map<TopicPartition, Long> ends) {
    return ends.entrySet().stream()
        .anyMatch(end -> consumer.position(end.getKey(), PATIENCE) < end.getValue());
  }

  /** Others look after events that are damaged; here they count for nothing. */
  private void take(ConsumerRecord<byte[], byte[]> record) {
    if (record.value() == null) {
      return;
    }
    try {
      LocalDate day = LocalDate.ofInstant(Instant.ofEpochMilli(record.timestamp()), ZoneOffset.UTC);
      switch (EventAttributes.of(record.headers()).type()) {
        case EventType.SESSION_OPENED -> {
          SessionOpened event = SessionOpened.fromJson(record.value());
          add("opened " + event.session(), new Day(event.name().model(), day, 1, 0, 0));
        }
        case EventType.SESSION_ENDED -> {
          SessionEnded event = SessionEnded.fromJson(record.value());
          boolean completed = event.outcome() == SessionEnded.Outcome.COMPLETED;
          add(
              "ended " + event.session(),
              new Day(event.name().model(), day, 0, completed ? 1 : 0, completed ? 0 : 1));
        }
        default -> LOG.debugf("not counted: an event of another type at %d", record.offset());
      }
    } catch (IllegalArgumentException e) {
      LOG.debugf(e, "not counted: the event at %d", record.offset());
    }
  }

  private void add(String event, Day one) {
    Key key = new Key(one.model(), one.day());
    if (recent.putIfAbsent(event, Boolean.TRUE) != null
        || (!days.containsKey(key) && days.size() >= MOST_DAYS * MOST_MODELS)) {
      return;
    }
    if (recent.size() > RECENT) {
      recent.remove(recent.keySet().iterator().next());
    }
    days.merge(key, one, Day::plus);
  }

  @Override
  public void close() {
    lock.lock();
    try {
      if (open != null) {
        open.close();
      }
    } finally {
      lock.unlock();
    }
  }
}
