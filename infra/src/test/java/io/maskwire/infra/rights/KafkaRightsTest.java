package io.maskwire.infra.rights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.maskwire.exchange.store.Container.Domain;
import io.maskwire.infra.broker.LocalBroker;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each principal's credentials tried on everything, against the broker itself. */
class KafkaRightsTest {
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

  @TempDir static Path folder;
  private static final List<AutoCloseable> OPEN = new ArrayList<>();
  private static final Map<Domain, KafkaProducer<String, byte[]>> PRODUCERS = new HashMap<>();
  private static final Map<Domain, KafkaConsumer<String, byte[]>> CONSUMERS = new HashMap<>();
  private static final List<LocalBroker> BROKER = new ArrayList<>();

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

  @BeforeAll
  static void start() throws Exception {
    LocalBroker broker = LocalBroker.start(folder);
    BROKER.add(broker);
    try (Admin admin = broker.admin()) {
      KafkaRights.apply(admin);
    }
    for (Domain domain : Domain.values()) {
      PRODUCERS.put(domain, producer(settings(broker.clientProperties(domain))));
      CONSUMERS.put(domain, consumer(settings(broker.clientProperties(domain))));
    }
    OPEN.addAll(PRODUCERS.values());
    OPEN.addAll(CONSUMERS.values());
    try (KafkaProducer<String, byte[]> admin =
        producer(settings(broker.access().adminProperties()))) {
      for (TopicRights topic : KafkaRights.topics()) {
        admin.send(new ProducerRecord<>(topic.topic(), 0, "key", new byte[] {1})).get();
      }
    }
  }

  @AfterAll
  static void stop() throws Exception {
    for (AutoCloseable one : OPEN) {
      one.close();
    }
    broker().close();
  }

  private static LocalBroker broker() {
    return BROKER.getFirst();
  }

  private static Map<String, Object> settings(Map<String, String> properties) {
    Map<String, Object> settings = new HashMap<>(properties);
    settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 20_000);
    return settings;
  }

  private static KafkaProducer<String, byte[]> producer(Map<String, Object> settings) {
    return new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer());
  }

  private static KafkaConsumer<String, byte[]> consumer(Map<String, Object> settings) {
    settings.remove(ProducerConfig.MAX_BLOCK_MS_CONFIG);
    return new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer());
  }

  private static <T> T of(Map<Domain, T> all, Domain domain) {
    return Optional.ofNullable(all.get(domain)).orElseThrow();
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
        of(PRODUCERS, one.domain())
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
    KafkaConsumer<String, byte[]> consumer = of(CONSUMERS, one.domain());
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

  record Group(Domain domain, String name, boolean allowed) {}

  static List<Group> groups() {
    return List.of(
        new Group(Domain.OWNER, "owner-party0", true),
        new Group(Domain.OWNER, "user-party1", false),
        new Group(Domain.OWNER, "dealer-dealer", false),
        new Group(Domain.USER, "user-party1", true),
        new Group(Domain.USER, "user-gateway-events-1", true),
        new Group(Domain.USER, "owner-party0", false),
        new Group(Domain.USER, "dealer-models", false),
        new Group(Domain.DEALER, "dealer-dealer", true),
        new Group(Domain.DEALER, "owner-party0", false),
        new Group(Domain.DEALER, "user-gateway", false),
        new Group(Domain.DEALER, "anything", false));
  }

  @ParameterizedTest
  @MethodSource("groups")
  void commit_inGroup_isAllowedForTheOwnDomainAlone(Group group) {
    Map<String, Object> settings = settings(broker().clientProperties(group.domain()));
    settings.put(ConsumerConfig.GROUP_ID_CONFIG, group.name());
    try (KafkaConsumer<String, byte[]> consumer = consumer(settings)) {
      Map<TopicPartition, OffsetAndMetadata> offsets =
          Map.of(new TopicPartition("models", 0), new OffsetAndMetadata(1));
      if (group.allowed()) {
        consumer.commitSync(offsets);
        assertThat(consumer.committed(offsets.keySet())).isEqualTo(offsets);
      } else {
        assertThatThrownBy(() -> consumer.commitSync(offsets))
            .isInstanceOf(GroupAuthorizationException.class);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("domains")
  void administer_asPrincipal_isDenied(Domain domain) {
    TopicPartition own = new TopicPartition("audit-" + domain.account(), 0);
    AclBinding more =
        new AclBinding(
            new ResourcePattern(ResourceType.TOPIC, "*", PatternType.LITERAL),
            new AccessControlEntry(
                "User:" + domain.account(), "*", AclOperation.ALL, AclPermissionType.ALLOW));
    try (Admin admin = Admin.create(settings(broker().clientProperties(domain)))) {
      Map<String, KafkaFuture<?>> attempts =
          Map.of(
              "create a topic",
              admin.createTopics(List.of(new NewTopic("mine", 1, (short) 1))).all(),
              "delete a topic",
              admin.deleteTopics(List.of(own.topic())).all(),
              "delete records",
              admin.deleteRecords(Map.of(own, RecordsToDelete.beforeOffset(1))).all(),
              "give itself rights",
              admin.createAcls(List.of(more)).all(),
              "read the rights",
              admin.describeAcls(AclBindingFilter.ANY).values(),
              "read credentials",
              admin.describeUserScramCredentials().all());

      attempts.forEach(
          (what, attempt) ->
              assertThatThrownBy(attempt::get)
                  .as(what)
                  .isInstanceOf(ExecutionException.class)
                  .hasCauseInstanceOf(AuthorizationException.class));
    }
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
    try (Admin admin = Admin.create(settings(broker().clientProperties(domain)))) {
      assertThat(admin.listTopics().names().get()).isEqualTo(usable);
    }
  }

  @Test
  void connect_wrongPassword_isDenied() {
    Map<String, Object> settings = settings(broker().clientProperties(Domain.OWNER));
    settings.put(
        "sasl.jaas.config",
        "org.apache.kafka.common.security.scram.ScramLoginModule required username=\"owner\" password=\"guess\";");
    try (Admin admin = Admin.create(settings)) {
      assertThatThrownBy(() -> admin.listTopics().names().get())
          .hasCauseInstanceOf(SaslAuthenticationException.class);
    }
  }

  @Test
  void apply_again_changesNothingAndTakesAwayWhatIsBeyondTheTable() throws Exception {
    AclBinding beyond =
        new AclBinding(
            new ResourcePattern(ResourceType.TOPIC, "inputs", PatternType.LITERAL),
            new AccessControlEntry("User:dealer", "*", AclOperation.READ, AclPermissionType.ALLOW));
    try (Admin admin = broker().admin()) {
      Collection<AclBinding> before = admin.describeAcls(AclBindingFilter.ANY).values().get();
      admin.createAcls(List.of(beyond)).all().get();

      KafkaRights.apply(admin);

      assertThat(admin.describeAcls(AclBindingFilter.ANY).values().get())
          .containsExactlyInAnyOrderElementsOf(before);
    }
  }

  @Test
  void apply_otherNumberOfPartitions_isRefused() {
    try (Admin admin = broker().admin()) {
      assertThatThrownBy(() -> KafkaRights.apply(admin, KafkaRights.LOCAL_PARTITIONS + 1))
          .hasMessageContaining("has 4 partitions where 5 are wanted");
    }
  }
}
