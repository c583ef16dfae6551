package io.maskwire.gateway.app;

import io.maskwire.exchange.store.BlobContainer;
import io.maskwire.exchange.store.Container;
import io.maskwire.gateway.Audit;
import io.maskwire.gateway.model.ModelCatalogue;
import io.maskwire.gateway.operations.FunctionHealth;
import io.maskwire.gateway.rest.LinksResource;
import io.maskwire.gateway.rest.SessionTickets;
import io.maskwire.gateway.session.Expiry;
import io.maskwire.gateway.session.GatewayMetrics;
import io.maskwire.gateway.session.InputUploads;
import io.maskwire.gateway.session.Lifetimes;
import io.maskwire.gateway.session.Progress;
import io.maskwire.gateway.session.ReadyKeys;
import io.maskwire.gateway.session.Results;
import io.maskwire.gateway.session.SessionEndings;
import io.maskwire.gateway.session.SessionEvents;
import io.maskwire.gateway.session.SessionRegistry;
import io.maskwire.gateway.session.SessionServices;
import io.maskwire.gateway.session.SessionStates;
import io.maskwire.gateway.token.Access;
import io.maskwire.gateway.token.SessionTokens;
import io.maskwire.gateway.token.SigningKey;
import io.maskwire.operations.AuditTrail;
import io.maskwire.operations.StoreConfig;
import io.maskwire.operations.StoreReadiness;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.health.Readiness;

/** Puts the plain classes together, once for the application. */
@Singleton
public class Assembly {

  /** The containers that the gateway has credentials for. */
  record Containers(
      BlobContainer models,
      BlobContainer keys,
      BlobContainer sessions,
      BlobContainer inputs,
      BlobContainer results,
      BlobContainer claims) {}

  @Produces
  @Singleton
  Clock clock() {
    return Clock.systemUTC();
  }

  @Produces
  @Singleton
  Containers containers(StoreConfig store) {
    return new Containers(
        store.open(Container.MODELS),
        store.open(Container.KEYS_PARTY1),
        store.open(Container.SESSIONS),
        store.open(Container.INPUTS),
        store.open(Container.RESULTS),
        store.open(Container.CLAIMS_RESULTS));
  }

  @Produces
  @Singleton
  @Readiness
  StoreReadiness store(Containers containers) {
    return new StoreReadiness(containers.sessions());
  }

  @Produces
  @Singleton
  PartyCertificates certificates(GatewayConfig config) throws IOException {
    List<String> pems = new ArrayList<>();
    for (Path file : config.partyCertificates()) {
      pems.add(Files.readString(file));
    }
    return new PartyCertificates(pems);
  }

  @Produces
  @Singleton
  Lifetimes lifetimes(GatewayConfig config) {
    return new Lifetimes(
        config.sessionLifetime(), config.keyLifetime(), config.keyMargin(), config.retention());
  }

  @Produces
  @Singleton
  ModelCatalogue catalogue(Containers containers, PartyCertificates certificates) {
    return new ModelCatalogue(containers.models(), certificates.sealingBytes());
  }

  @Produces
  @Singleton
  SessionTokens tokens(GatewayConfig config) throws IOException {
    return new SessionTokens(SigningKey.ofPem(Files.readString(config.signingKey())));
  }

  @Produces
  @Singleton
  SessionTickets tickets(
      SessionTokens tokens, PartyCertificates certificates, GatewayConfig config) {
    return new SessionTickets(tokens, config.dealerUrl(), certificates.pems());
  }

  @Produces
  @Singleton
  LinksResource.Links links(GatewayConfig config) {
    return new LinksResource.Links(config.ownerUrl().map(URI::toString).orElse(null));
  }

  @Produces
  @Singleton
  FunctionHealth health(GatewayConfig config) {
    return new FunctionHealth(config.functions());
  }

  @Produces
  @Singleton
  Audit audit(AuditTrail trail) {
    return new Audit(trail);
  }

  @Produces
  @Singleton
  Access access(SessionTokens tokens, Audit audit) {
    return new Access(tokens, audit);
  }

  @Produces
  @Singleton
  GatewayMetrics metrics(MeterRegistry meters) {
    return new GatewayMetrics(meters);
  }

  @Produces
  @Singleton
  Progress progress() {
    return new Progress();
  }

  @Produces
  @Singleton
  ReadyKeys readyKeys(
      Containers containers, Lifetimes lifetimes, Clock clock, GatewayMetrics metrics) {
    return new ReadyKeys(containers.keys(), containers.sessions(), lifetimes, clock, metrics);
  }

  @Produces
  @Singleton
  SessionRegistry registry(
      Containers containers,
      ReadyKeys ready,
      SessionEvents events,
      Lifetimes lifetimes,
      Clock clock) {
    return new SessionRegistry(containers.sessions(), ready, events, lifetimes, clock);
  }

  @Produces
  @Singleton
  SessionEndings endings(
      Containers containers,
      SessionEvents events,
      Progress progress,
      GatewayMetrics metrics,
      Clock clock) {
    return new SessionEndings(containers.sessions(), events, progress, metrics, clock);
  }

  @Produces
  @Singleton
  Results results(Containers containers, SessionRegistry registry, SessionEndings endings) {
    return new Results(
        new Results.Containers(containers.results(), containers.claims()), registry, endings);
  }

  @Produces
  @Singleton
  SessionStates states(
      Containers containers, Results results, SessionEndings endings, Clock clock) {
    return new SessionStates(containers.inputs(), results, endings, clock);
  }

  @Produces
  @Singleton
  InputUploads.Observers observers(Audit audit, GatewayMetrics metrics) {
    return new InputUploads.Observers(audit, metrics);
  }

  @Produces
  @Singleton
  InputUploads uploads(
      Containers containers,
      SessionStates states,
      SessionEvents events,
      InputUploads.Observers observers,
      GatewayConfig config) {
    return new InputUploads(
        containers.inputs(), states, events, observers, config.concurrentUploads());
  }

  @Produces
  @Singleton
  SessionServices services(
      InputUploads uploads, SessionStates states, Results results, Progress progress) {
    return new SessionServices(uploads, states, results, progress);
  }

  @Produces
  @Singleton
  Expiry.Remains remains(Containers containers, ReadyKeys keys, Results results) {
    return new Expiry.Remains(containers.sessions(), containers.inputs(), keys, results);
  }

  @Produces
  @Singleton
  Expiry expiry(
      Expiry.Remains remains,
      SessionRegistry registry,
      SessionEndings endings,
      Lifetimes lifetimes,
      Clock clock) {
    return new Expiry(remains, registry, endings, lifetimes, clock);
  }
}
