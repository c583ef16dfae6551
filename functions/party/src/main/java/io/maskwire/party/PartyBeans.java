package io.maskwire.party;

import io.maskwire.crypto.protocol.Role;
import io.maskwire.exchange.seal.PemFile;
import io.maskwire.exchange.seal.SealKeys;
import io.maskwire.exchange.store.BlobContainer;
import io.maskwire.exchange.store.Container;
import io.maskwire.operations.StoreConfig;
import io.maskwire.operations.StoreReadiness;
import io.maskwire.party.intake.EventDecoder;
import io.maskwire.party.intake.Intake;
import io.maskwire.party.intake.Reports;
import io.maskwire.party.intake.SessionQueues;
import io.maskwire.party.keys.KeyStore;
import io.maskwire.party.keys.ReadAhead;
import io.maskwire.party.model.ModelCache;
import io.maskwire.party.model.ModelLoader;
import io.maskwire.party.session.Computations;
import io.maskwire.party.session.Courier;
import io.maskwire.party.session.Flusher;
import io.maskwire.party.session.Identity;
import io.maskwire.party.session.Outbox;
import io.maskwire.party.session.SessionEngine;
import io.maskwire.party.session.Sweeper;
import io.maskwire.party.session.WarmSessions;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.security.interfaces.ECPublicKey;
import org.eclipse.microprofile.health.Readiness;

/** Builds the plain classes from the configuration. */
@Dependent
final class PartyBeans {
  private final PartyConfig config;
  private final StoreConfig stores;

  PartyBeans(PartyConfig config, StoreConfig stores) {
    this.config = config;
    this.stores = stores;
  }

  @Produces
  @Singleton
  Identity identity() {
    KeyPair own =
        new KeyPair(
            certificateKey(config.certificate()),
            SealKeys.privateKey(PemFile.read(config.privateKey(), "private key")));
    return Identity.of(
        Role.of(config.role()), own, certificateKey(config.peerCertificate()), new SecureRandom());
  }

  private static ECPublicKey certificateKey(Path file) {
    return SealKeys.of(PemFile.read(file, "certificate").certificates().getFirst());
  }

  @Produces
  @Singleton
  @Readiness
  StoreReadiness store(Identity identity) {
    return new StoreReadiness(stores.open(Container.stateOf(identity.role())));
  }

  @Produces
  @Singleton
  WarmSessions warmSessions() {
    return new WarmSessions(config.warmMemory().asLongValue());
  }

  @Produces
  @Singleton
  SessionEngine engine(Identity identity, WarmSessions warm, Outbox outbox) {
    Role role = identity.role();
    BlobContainer keys = stores.open(Container.keysOf(role));
    ReadAhead readAhead =
        new ReadAhead(
            Math.toIntExact(config.readAheadWindow().asLongValue()),
            config.readAheadMemory().asLongValue());
    ModelLoader loader =
        new ModelLoader(
            role, stores.open(Container.MODELS), stores.open(Container.MASKED_WEIGHTS), keys);
    Computations computations =
        new Computations(
            new ModelCache(loader, config.models()),
            new KeyStore(keys, stores.open(Container.KEYS_COMMON), readAhead),
            config.preparations());
    Courier.Claims claims =
        new Courier.Claims(
            stores.open(Container.claimsTo(role)),
            stores.open(Container.claimsTo(role.other())),
            stores.open(Container.claimsOfResult(role)));
    return new SessionEngine(
        identity,
        stores.open(Container.stateOf(role)),
        stores.open(Container.INPUTS),
        new Courier(identity, claims, outbox),
        new SessionEngine.Workshop(computations, warm, Flusher.after(config.checkpointDelay())));
  }

  @Produces
  @Singleton
  Intake intake(Identity identity, SessionEngine engine, Reports reports) {
    return new Intake(new EventDecoder(identity.role()), engine, reports, config.retryFor());
  }

  @Produces
  @Singleton
  SessionQueues queues() {
    return new SessionQueues();
  }

  @Produces
  @Singleton
  Sweeper sweeper(Identity identity) {
    return new Sweeper(
        stores.open(Container.keysOf(identity.role())),
        stores.open(Container.stateOf(identity.role())));
  }
}
