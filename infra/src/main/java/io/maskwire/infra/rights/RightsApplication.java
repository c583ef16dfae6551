package io.maskwire.infra.rights;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;

/** Brings a broker to what the tables of {@link KafkaRights} say. */
final class RightsApplication {
  private static final Duration TIMEOUT = Duration.ofSeconds(30);
  private static final Duration INTERVAL = Duration.ofMillis(5);

  private final Admin admin;
  private final int partitions;

  RightsApplication(Admin admin, int partitions) {
    this.admin = admin;
    this.partitions = partitions;
  }

  void run() {
    List<TopicRights> topics = KafkaRights.topics();
    Set<String> there = names();
    createTopics(topics.stream().filter(topic -> !there.contains(topic.topic())).toList());
    Set<String> names = topics.stream().map(TopicRights::topic).collect(Collectors.toSet());
    until("the topics are there", () -> names().containsAll(names));
    checkPartitions(names);
    configure(topics);
    applyBindings();
  }

  private Set<String> names() {
    return await("list topics", admin.listTopics().names());
  }

  private void createTopics(List<TopicRights> missing) {
    List<NewTopic> created =
        missing.stream()
            .map(
                topic ->
                    new NewTopic(topic.topic(), Optional.of(partitions), Optional.empty())
                        .configs(configs(topic)))
            .toList();
    await("create topics", admin.createTopics(created).all());
  }

  private static Map<String, String> configs(TopicRights topic) {
    return Map.of(TopicConfig.RETENTION_MS_CONFIG, Long.toString(topic.retention().toMillis()));
  }

  /** More partitions would send later events of a session to another one than earlier events. */
  private void checkPartitions(Set<String> names) {
    Collection<TopicDescription> descriptions =
        await("describe topics", admin.describeTopics(names).allTopicNames()).values();
    for (TopicDescription topic : descriptions) {
      if (topic.partitions().size() != partitions) {
        throw new IllegalStateException(
            "the topic '%s' has %d partitions where %d are wanted: delete it, or use as many"
                .formatted(topic.name(), topic.partitions().size(), partitions));
      }
    }
  }

  private void configure(List<TopicRights> topics) {
    Map<ConfigResource, Collection<AlterConfigOp>> changes = new HashMap<>();
    for (TopicRights topic : topics) {
      changes.put(
          new ConfigResource(ConfigResource.Type.TOPIC, topic.topic()),
          configs(topic).entrySet().stream()
              .map(entry -> new ConfigEntry(entry.getKey(), entry.getValue()))
              .map(entry -> new AlterConfigOp(entry, AlterConfigOp.OpType.SET))
              .toList());
    }
    await("configure topics", admin.incrementalAlterConfigs(changes).all());
  }

  private void applyBindings() {
    Set<AclBinding> wanted = KafkaRights.bindings();
    Set<String> principals =
        wanted.stream().map(binding -> binding.entry().principal()).collect(Collectors.toSet());
    Set<AclBinding> there = existing();
    await(
        "give rights",
        admin.createAcls(wanted.stream().filter(one -> !there.contains(one)).toList()).all());
    List<AclBindingFilter> beyond =
        there.stream()
            .filter(one -> principals.contains(one.entry().principal()) && !wanted.contains(one))
            .map(AclBinding::toFilter)
            .toList();
    await("take rights away", admin.deleteAcls(beyond).all());
    until(
        "the rights are in force",
        () ->
            existing().stream()
                .filter(one -> principals.contains(one.entry().principal()))
                .collect(Collectors.toSet())
                .equals(wanted));
  }

  private Set<AclBinding> existing() {
    return new HashSet<>(
        await("read the rights", admin.describeAcls(AclBindingFilter.ANY).values()));
  }

  /** Changes are decided by the controller, and reach the broker that clients talk to later. */
  private static void until(String what, BooleanSupplier condition) {
    long deadline = System.nanoTime() + TIMEOUT.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException("after %s not yet: %s".formatted(TIMEOUT, what));
      }
      LockSupport.parkNanos(INTERVAL.toNanos());
    }
  }

  private static <T> T await(String what, KafkaFuture<T> future) {
    try {
      return future.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("cannot " + what + ": " + e.getMessage(), e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted: cannot " + what, e);
    }
  }
}
