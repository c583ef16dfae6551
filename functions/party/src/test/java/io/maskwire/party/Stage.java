package io.maskwire.party;

import io.maskwire.crypto.protocol.Role;
import io.maskwire.exchange.store.Container;
import io.maskwire.infra.broker.LocalBroker;
import io.maskwire.infra.rights.KafkaRights;
import io.maskwire.party.fixture.Certificate;
import io.maskwire.party.fixture.World;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;

/** A broker, containers and certificates, for a party that runs as an application. */
final class Stage implements AutoCloseable {
  private final LocalBroker broker;
  private final World world;
  private final Certificate party0;
  private final Certificate party1;

  Stage(Path folder) {
    broker = LocalBroker.start(folder.resolve("broker"));
    try (Admin admin = broker.admin()) {
      KafkaRights.apply(admin);
    }
    party0 = Certificate.make(folder, "party0");
    party1 = Certificate.make(folder, "party1");
    world = new World(folder.resolve("store"), party0.keys(), party1.keys());
  }

  LocalBroker broker() {
    return broker;
  }

  World world() {
    return world;
  }

  /** Configuration of party 0. */
  Map<String, String> configuration() {
    Map<String, String> settings = new HashMap<>(broker.functionProperties(Container.Domain.OWNER));
    settings.put("maskwire.party.role", Integer.toString(Role.PARTY_0.index()));
    settings.put("maskwire.party.certificate", party0.certificate().toString());
    settings.put("maskwire.party.private-key", party0.privateKey().toString());
    settings.put("maskwire.party.peer-certificate", party1.certificate().toString());
    for (Container container : Container.values()) {
      settings.put(
          "maskwire.store.containers.\"%s\"".formatted(container.container()),
          world.address(container));
    }
    return settings;
  }

  @Override
  public void close() {
    broker.close();
  }
}
