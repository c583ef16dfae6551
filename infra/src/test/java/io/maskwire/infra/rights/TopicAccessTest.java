package io.maskwire.infra.rights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.maskwire.exchange.store.Container.Domain;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each principal's credentials tried on every topic, against the broker itself. */
class TopicAccessTest extends RightsCase {
  /** Topic: who may write; who may read. Written down here on purpose, not taken from the table. */
  private static final String EXPECTED =
      """
      models:             OWNER;       OWNER USER DEALER
      keys-ready:         DEALER;      USER
      sessions:           USER;        OWNER USER DEALER
      inputs:             USER;        OWNER USER
      to-party0:          USER;        OWNER
      to-party1:          OWNER;       USER
      results:            OWNER USER;  USER
      dead-letter-owner:  OWNER;       OWNER
      dead-letter-user:   USER;        USER
      dead-letter-dealer: DEALER;      DEALER
      audit-owner:        OWNER;       OWNER
      audit-user:         USER;        USER
      audit-dealer:       DEALER;      DEALER
      """;

  record Case(Domain domain, String topic, boolean mayWrite, boolean mayRead) {}

  static List<Case> cases() {
    List<Case> cases = new ArrayList<>();
    for (String line : EXPECTED.lines().toList()) {
      String[] parts = line.split("[:;]");
      for (Domain domain : Domain.values()) {
        cases.add(
            new Case(
                domain,
                parts[0],
                names(parts[1]).contains(domain),
                names(parts[2]).contains(domain)));
      }
    }
    return cases;
  }

  private static Set<Domain> names(String list) {
    return Arrays.stream(list.strip().split(" ")).map(Domain::valueOf).collect(Collectors.toSet());
  }

  @Test
  void expectations_coverEveryTopic() {
    assertThat(cases().stream().map(Case::topic).distinct())
        .containsExactlyInAnyOrderElementsOf(
            KafkaRights.topics().stream().map(TopicRights::topic).toList());
  }

  @ParameterizedTest
  @MethodSource("cases")
  void write_asPrincipal_isAllowedOrDeniedByTheBroker(Case one) throws Exception {
    var sent =
        broker
            .producer(one.domain())
            .send(new ProducerRecord<>(one.topic(), 1, "key", new byte[] {2}));

    if (one.mayWrite()) {
      assertThat(sent.get().hasOffset()).isTrue();
    } else {
      assertThatThrownBy(sent::get).hasCauseInstanceOf(TopicAuthorizationException.class);
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void read_asPrincipal_isAllowedOrDeniedByTheBroker(Case one) {
    KafkaConsumer<String, byte[]> consumer = broker.consumer(one.domain());
    TopicPartition partition = new TopicPartition(one.topic(), 0);
    consumer.assign(List.of(partition));
    consumer.seek(partition, 0);

    if (one.mayRead()) {
      assertThat(firstOf(consumer)).isNotEmpty();
    } else {
      assertThatThrownBy(() -> firstOf(consumer)).isInstanceOf(TopicAuthorizationException.class);
    }
  }

  private static List<byte[]> firstOf(KafkaConsumer<String, byte[]> consumer) {
    List<byte[]> values = new ArrayList<>();
    for (int i = 0; i < 20 && values.isEmpty(); i++) {
      ConsumerRecords<String, byte[]> records = consumer.poll(Duration.ofSeconds(1));
      records.forEach(record -> values.add(record.value()));
    }
    return values;
  }

  static List<Domain> domains() {
    return List.of(Domain.values());
  }

  @ParameterizedTest
  @MethodSource("domains")
  void list_asPrincipal_showsWhatItMayUseAlone(Domain domain) throws Exception {
    Set<String> usable =
        cases().stream()
            .filter(one -> one.domain() == domain && (one.mayRead() || one.mayWrite()))
            .map(Case::topic)
            .collect(Collectors.toSet());
    try (Admin admin = Admin.create(broker.settings(domain))) {
      assertThat(admin.listTopics().names().get()).isEqualTo(usable);
    }
  }
}
