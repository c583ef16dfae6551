package io.maskwire.infra.rights;

import static io.maskwire.exchange.store.Container.Domain.DEALER;
import static io.maskwire.exchange.store.Container.Domain.OWNER;
import static io.maskwire.exchange.store.Container.Domain.USER;

import io.maskwire.exchange.event.Topic;
import io.maskwire.exchange.store.Container.Domain;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/**
 * The topics, and what each trust domain may do with them. Principals are {@code User:owner},
 * {@code User:user} and {@code User:dealer}; consumer groups belong to the domain whose name and a
 * hyphen they start with.
 */
public final class KafkaRights {
  /** Partitions of every topic on one machine. */
  public static final int LOCAL_PARTITIONS = 4;

  /** Longer than any session lives. */
  private static final Duration SESSION_EVENTS = Duration.ofDays(2);

  private static final Duration LATER_INSPECTION = Duration.ofDays(30);
  private static final Duration ALWAYS = Duration.ofMillis(-1);

  private KafkaRights() {}

  /** The table. */
  public static List<TopicRights> topics() {
    List<TopicRights> topics = new ArrayList<>();
    for (Topic topic : Topic.values()) {
      topics.add(rights(topic));
    }
    for (Domain domain : Domain.values()) {
      topics.add(own(deadLetters(domain), domain));
      topics.add(own(audit(domain), domain));
    }
    return List.copyOf(topics);
  }

  private static TopicRights rights(Topic topic) {
    return switch (topic) {
      case MODELS ->
          new TopicRights(topic.topic(), Set.of(OWNER), Set.of(OWNER, USER, DEALER), ALWAYS);
      case KEYS_READY -> session(topic, Set.of(DEALER), Set.of(USER));
      case SESSIONS -> session(topic, Set.of(USER), Set.of(OWNER, USER, DEALER));
      case INPUTS -> session(topic, Set.of(USER), Set.of(OWNER, USER));
      case TO_PARTY0 -> session(topic, Set.of(USER), Set.of(OWNER));
      case TO_PARTY1 -> session(topic, Set.of(OWNER), Set.of(USER));
      case RESULTS -> session(topic, Set.of(OWNER, USER), Set.of(USER));
    };
  }

  private static TopicRights session(Topic topic, Set<Domain> writers, Set<Domain> readers) {
    return new TopicRights(topic.topic(), writers, readers, SESSION_EVENTS);
  }

  private static TopicRights own(String topic, Domain domain) {
    return new TopicRights(topic, Set.of(domain), Set.of(domain), LATER_INSPECTION);
  }

  /** Where a domain's functions put messages that they cannot handle. */
  public static String deadLetters(Domain domain) {
    return "dead-letter-" + domain.account();
  }

  /** Where a domain's functions say what they refused. */
  public static String audit(Domain domain) {
    return "audit-" + domain.account();
  }

  /** What the consumer groups of a domain start with. */
  public static String groupPrefix(Domain domain) {
    return domain.account() + "-";
  }

  /** The access control lists that the table amounts to. */
  public static Set<AclBinding> bindings() {
    Set<AclBinding> bindings = new LinkedHashSet<>();
    for (TopicRights topic : topics()) {
      ResourcePattern pattern =
          new ResourcePattern(ResourceType.TOPIC, topic.topic(), PatternType.LITERAL);
      for (Domain writer : topic.writers()) {
        bindings.add(allow(pattern, writer, AclOperation.WRITE));
        bindings.add(allow(pattern, writer, AclOperation.DESCRIBE));
      }
      for (Domain reader : topic.readers()) {
        bindings.add(allow(pattern, reader, AclOperation.READ));
        bindings.add(allow(pattern, reader, AclOperation.DESCRIBE));
      }
    }
    for (Domain domain : Domain.values()) {
      ResourcePattern groups =
          new ResourcePattern(ResourceType.GROUP, groupPrefix(domain), PatternType.PREFIXED);
      bindings.add(allow(groups, domain, AclOperation.READ));
      bindings.add(allow(groups, domain, AclOperation.DESCRIBE));
    }
    return bindings;
  }

  private static AclBinding allow(ResourcePattern resource, Domain domain, AclOperation operation) {
    return new AclBinding(
        resource,
        new AccessControlEntry(
            "User:" + domain.account(), "*", operation, AclPermissionType.ALLOW));
  }

  /**
   * Makes the broker what the table says: missing topics are created, missing rights given, rights
   * that these principals have beyond the table taken away. Changes nothing the second time.
   */
  public static void apply(Admin admin) {
    apply(admin, LOCAL_PARTITIONS);
  }

  /**
   * As {@link #apply(Admin)}.
   *
   * @param partitions of every topic; those of topics that exist must be as many
   */
  public static void apply(Admin admin, int partitions) {
    new RightsApplication(admin, partitions).run();
  }
}
