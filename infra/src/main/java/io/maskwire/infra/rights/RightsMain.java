package io.maskwire.infra.rights;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.maskwire.exchange.event.JsonObject;
import io.maskwire.exchange.store.Container;
import io.maskwire.exchange.store.Container.Domain;
import java.util.Set;

/** Prints the tables of rights as JSON, for deployments. */
public final class RightsMain {
  private RightsMain() {}

  /** Prints; takes no arguments. */
  public static void main(String[] arguments) {
    System.out.println(json().toPrettyString());
  }

  /** Topics, consumer groups and containers, with what each domain may do. */
  static ObjectNode json() {
    ObjectNode all = JsonObject.create().tree();
    ArrayNode topics = all.putArray("topics");
    for (TopicRights topic : KafkaRights.topics()) {
      ObjectNode one = topics.addObject();
      one.put("topic", topic.topic());
      one.put("retentionMillis", topic.retention().toMillis());
      names(one.putArray("writers"), topic.writers());
      names(one.putArray("readers"), topic.readers());
    }
    ObjectNode groups = all.putObject("groupPrefixes");
    for (Domain domain : Domain.values()) {
      groups.put(domain.account(), KafkaRights.groupPrefix(domain));
    }
    ArrayNode containers = all.putArray("containers");
    for (Container container : Container.values()) {
      ObjectNode one = containers.addObject();
      one.put("container", container.container());
      one.put("account", container.domain().account());
      ObjectNode letters = one.putObject("letters");
      for (Domain domain : Domain.values()) {
        ContainerRights.letters(container, domain)
            .ifPresent(some -> letters.put(domain.account(), some));
      }
    }
    return all;
  }

  private static void names(ArrayNode array, Set<Domain> domains) {
    for (Domain domain : Domain.values()) {
      if (domains.contains(domain)) {
        array.add(domain.account());
      }
    }
  }
}
