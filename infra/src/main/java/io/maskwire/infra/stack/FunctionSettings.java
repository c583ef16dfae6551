package io.maskwire.infra.stack;

import io.maskwire.exchange.store.Container;
import io.maskwire.exchange.store.Container.Domain;
import io.maskwire.infra.kept.PrivateFiles;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.Function;

/** Writes the configuration of each instance: what it may use, and nothing of other domains. */
final class FunctionSettings {
  private final DomainAccess access;
  private final StackKeys keys;
  private final FunctionAddresses addresses;
  private final List<FunctionInstance> instances;
  private final int stock;

  /**
   * What a domain reaches broker and store with.
   *
   * @param broker settings of Kafka clients, as Quarkus reads them
   * @param containers addresses with the domain's rights
   */
  record DomainAccess(
      Function<Domain, Map<String, String>> broker,
      Function<Domain, Map<Container, String>> containers) {}

  /**
   * Settings of {@code instances}.
   *
   * @param stock sessions of each model that the dealer keeps ready
   */
  FunctionSettings(
      DomainAccess access,
      StackKeys keys,
      FunctionAddresses addresses,
      List<FunctionInstance> instances,
      int stock) {
    this.access = access;
    this.keys = keys;
    this.addresses = addresses;
    this.instances = List.copyOf(instances);
    this.stock = stock;
  }

  /** Writes the properties of {@code instance} to {@code file}. */
  void write(FunctionInstance instance, Path file) {
    try (StringWriter text = new StringWriter()) {
      of(instance).store(text, null);
      PrivateFiles.write(file, text.toString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Properties of(FunctionInstance instance) {
    Properties settings = new Properties();
    settings.setProperty("quarkus.http.host", addresses.host());
    settings.setProperty("quarkus.http.port", Integer.toString(addresses.port(instance)));
    settings.putAll(access.broker().apply(instance.domain()));
    access
        .containers()
        .apply(instance.domain())
        .forEach(
            (container, address) ->
                settings.setProperty(
                    "maskwire.store.containers.\"%s\"".formatted(container.container()), address));
    switch (instance.function()) {
      case FunctionInstance.PARTY -> party(settings, instance.party());
      case FunctionInstance.GATEWAY -> gateway(settings);
      case FunctionInstance.DEALER -> dealer(settings);
      case FunctionInstance.COMPILER -> compiler(settings);
      default -> throw new IllegalArgumentException("no function: " + instance);
    }
    return settings;
  }

  private void party(Properties settings, int party) {
    settings.setProperty("maskwire.party.role", Integer.toString(party));
    settings.setProperty("maskwire.party.certificate", keys.partyCertificate(party).toString());
    settings.setProperty("maskwire.party.private-key", keys.partyKey(party).toString());
    settings.setProperty(
        "maskwire.party.peer-certificate", keys.partyCertificate(1 - party).toString());
  }

  /** One machine, one person: nobody signs in, unless the environment says how. */
  private void signIn(Properties settings) {
    settings.setProperty("maskwire.sign-in.mode", "${MASKWIRE_SIGN_IN_MODE:development}");
    settings.setProperty(
        "maskwire.sign-in.development-beyond-loopback",
        Boolean.toString(addresses.isBeyondLoopback()));
  }

  private void gateway(Properties settings) {
    signIn(settings);
    settings.setProperty("maskwire.gateway.signing-key", keys.gatewayPrivateKey().toString());
    settings.setProperty(
        "maskwire.gateway.party-certificates",
        keys.partyCertificate(0) + "," + keys.partyCertificate(1));
    settings.setProperty(
        "maskwire.gateway.dealer-url", addresses.publicUrl(FunctionInstance.DEALER));
    settings.setProperty(
        "maskwire.gateway.owner-url", addresses.publicUrl(FunctionInstance.COMPILER));
    for (FunctionInstance each : instances) {
      settings.setProperty(
          "maskwire.gateway.functions.\"%s\"".formatted(each.name()), addresses.url(each.name()));
    }
  }

  private void dealer(Properties settings) {
    settings.setProperty("maskwire.dealer.gateway-key", keys.gatewayPublicKey().toString());
    settings.setProperty("maskwire.dealer.owner-key", keys.ownerPublicKey().toString());
    settings.setProperty("maskwire.dealer.stock", Integer.toString(stock));
    // The gateway's page fetches masks from the dealer itself.
    settings.setProperty(
        "quarkus.http.cors.origins", addresses.publicUrl(FunctionInstance.GATEWAY));
  }

  private void compiler(Properties settings) {
    signIn(settings);
    settings.setProperty("maskwire.compiler.owner-key", keys.ownerPrivateKey().toString());
    settings.setProperty("maskwire.compiler.dealer-url", addresses.url(FunctionInstance.DEALER));
  }
}
