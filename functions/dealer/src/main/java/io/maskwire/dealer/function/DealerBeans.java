package io.maskwire.dealer.function;

import io.maskwire.dealer.Announcer;
import io.maskwire.dealer.DealerEvents;
import io.maskwire.dealer.DealerListener;
import io.maskwire.dealer.DealtVersions;
import io.maskwire.dealer.KeyContainers;
import io.maskwire.dealer.KeyStock;
import io.maskwire.dealer.MaskRelease;
import io.maskwire.dealer.PublishedModels;
import io.maskwire.dealer.Refill;
import io.maskwire.dealer.Registration;
import io.maskwire.dealer.SessionDealer;
import io.maskwire.dealer.StockLimits;
import io.maskwire.dealer.StockReport;
import io.maskwire.dealer.TokenVerifier;
import io.maskwire.dealer.Vault;
import io.maskwire.exchange.store.Container;
import io.maskwire.operations.StoreConfig;
import io.maskwire.operations.StoreReadiness;
import io.smallrye.jwt.algorithm.SignatureAlgorithm;
import io.smallrye.jwt.util.KeyUtils;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Clock;
import org.eclipse.microprofile.health.Readiness;

/** Puts the dealer together. */
@Singleton
final class DealerBeans {
  private final DealerConfig config;
  private final StoreConfig store;

  DealerBeans(DealerConfig config, StoreConfig store) {
    this.config = config;
    this.store = store;
  }

  @Produces
  @Singleton
  KeyContainers containers() {
    return new KeyContainers(
        store.open(Container.KEYS_COMMON),
        store.open(Container.KEYS_PARTY0),
        store.open(Container.KEYS_PARTY1),
        store.open(Container.MASKS));
  }

  @Produces
  @Singleton
  @Readiness
  StoreReadiness store(KeyContainers containers) {
    return new StoreReadiness(containers.masks());
  }

  @Produces
  @Singleton
  PublishedModels models() {
    return new PublishedModels(store.open(Container.MODELS));
  }

  @Produces
  @Singleton
  Vault vault(KeyContainers containers) {
    return new Vault(
        store.open(Container.VAULT), containers.party0(), containers.party1(), new SecureRandom());
  }

  @Produces
  @Singleton
  KeyStock stock(KeyContainers containers) {
    return new KeyStock(
        containers.masks(),
        containers.common(),
        new StockLimits(config.stock(), config.diskBytes(), config.keyLifetime()),
        Clock.systemUTC());
  }

  @Produces
  @Singleton
  DealtVersions versions(PublishedModels models, Vault vault) {
    return new DealtVersions(models, vault, config.warmVersions());
  }

  @Produces
  @Singleton
  SessionDealer dealer(
      DealtVersions versions,
      KeyContainers containers,
      KeyStock stock,
      Announcer announcer,
      DealerListener listener) {
    return new SessionDealer(versions, containers, stock, announcer, listener);
  }

  @Produces
  @Singleton
  Refill refill(
      PublishedModels models,
      SessionDealer dealer,
      KeyStock stock,
      DealerListener listener,
      DealerConfig config) {
    return new Refill(
        models,
        dealer,
        stock,
        listener,
        new Refill.Pauses(config.refillPause(), config.retirementPause()));
  }

  void close(@Disposes Refill refill) {
    refill.close();
  }

  @Produces
  @Singleton
  DealerEvents events(DealtVersions versions, KeyStock stock, Refill refill) {
    return new DealerEvents(versions, stock, refill);
  }

  @Produces
  @Singleton
  StockReport report(PublishedModels models, KeyStock stock) {
    return new StockReport(models, stock, Clock.systemUTC());
  }

  @Produces
  @Singleton
  MaskRelease release(KeyStock stock) {
    return new MaskRelease(verifier(TokenVerifier.GATEWAY, config.gatewayKey()), stock);
  }

  @Produces
  @Singleton
  Registration registration(PublishedModels models, Vault vault) {
    return new Registration(verifier(TokenVerifier.OWNER, config.ownerKey()), models, vault);
  }

  private static TokenVerifier verifier(String issuer, Path key) {
    try {
      return new TokenVerifier(
          issuer, KeyUtils.decodePublicKey(Files.readString(key), SignatureAlgorithm.ES256));
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalArgumentException(
          "%s holds no public key on P-256, PEM, of %s".formatted(key, issuer), e);
    }
  }
}
