package io.maskwire.infra.rights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.maskwire.exchange.store.Container.Domain;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
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
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What no principal may do beyond topics, and what applying the table changes. */
class KafkaRightsTest extends RightsCase {
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
    Map<String, Object> settings = broker.settings(group.domain());
    settings.put(ConsumerConfig.GROUP_ID_CONFIG, group.name());
    try (KafkaConsumer<String, byte[]> consumer = RightsBroker.consumer(settings)) {
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
    try (Admin admin = Admin.create(broker.settings(domain))) {
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

  @Test
  void connect_wrongPassword_isDenied() {
    try (Admin admin = Admin.create(broker.settings("owner", "guess"))) {
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
    try (Admin admin = broker.admin()) {
      Collection<AclBinding> before = admin.describeAcls(AclBindingFilter.ANY).values().get();
      admin.createAcls(List.of(beyond)).all().get();

      KafkaRights.apply(admin);

      assertThat(admin.describeAcls(AclBindingFilter.ANY).values().get())
          .containsExactlyInAnyOrderElementsOf(before);
    }
  }

  @Test
  void apply_otherNumberOfPartitions_isRefused() {
    try (Admin admin = broker.admin()) {
      assertThatThrownBy(() -> KafkaRights.apply(admin, KafkaRights.LOCAL_PARTITIONS + 1))
          .hasMessageContaining("has 4 partitions where 5 are wanted");
    }
  }
}
