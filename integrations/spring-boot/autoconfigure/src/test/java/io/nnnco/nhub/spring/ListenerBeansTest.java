package io.nnnco.nhub.spring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nnnco.nhub.NHubClient;
import io.nnnco.nhub.message.DeviceMessage;
import io.nnnco.nhub.message.MessageKind;
import io.nnnco.nhub.message.Uplink;
import io.nnnco.nhub.spring.NHubListenerTest.Log;
import io.nnnco.nhub.testkit.FakeMessage;
import io.nnnco.nhub.testkit.FakeNHub;
import io.nnnco.nhub.testkit.junit.NHubTest;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.aopalliance.intercept.MethodInterceptor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.beans.factory.config.CustomScopeConfigurer;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Scope;
import org.springframework.context.annotation.ScopedProxyMode;
import org.springframework.context.support.SimpleThreadScope;
import org.springframework.scheduling.annotation.Async;
import org.springframework.scheduling.annotation.EnableAsync;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;

/** Which beans listeners can be on: subclasses, proxies of both kinds, scoped beans. */
@NHubTest
class ListenerBeansTest {
  private static ApplicationContextRunner with(FakeNHub fake) {
    return Contexts.with(fake).withBean(Log.class);
  }

  private static NHubListenerContainer only(AssertableApplicationContext context)
      throws InterruptedException {
    NHubListenerRegistry registry = NHubListenerTest.subscribed(context);
    assertEquals(1, registry.containers().size(), () -> registry.containers().toString());
    return registry.containers().iterator().next();
  }

  abstract static class Typed<T extends DeviceMessage> {
    @NHubListener(enterprise = "nnn.acme")
    void on(T message) {
      handle(message);
    }

    abstract void handle(T message);
  }

  static class OfUplinks extends Typed<Uplink> {
    private final Log log;

    OfUplinks(Log log) {
      this.log = log;
    }

    @Override
    void handle(Uplink uplink) {
      log.add("typed " + uplink.readings().size());
    }
  }

  @Test
  void method_ofAGenericSuperclass_takesTheKindOfItsSubclass(FakeNHub fake) {
    with(fake)
        .withBean("bean", OfUplinks.class)
        .run(
            context -> {
              assertEquals(Set.of(MessageKind.UPLINK), only(context).options().kinds());
              fake.publish(FakeMessage.uplink("A"));
              assertEquals("typed 0", context.getBean(Log.class).next());
            });
  }

  /** What a proxy of the JDK's has. */
  interface Thermometer {
    void on(Uplink uplink, double degrees);
  }

  static class LoggingThermometer implements Thermometer {
    private final Log log;

    LoggingThermometer(Log log) {
      this.log = log;
    }

    @Override
    @NHubListener(enterprise = "nnn.acme")
    public void on(Uplink uplink, @Channel("t") double degrees) {
      log.add(uplink.deviceId() + " " + degrees);
    }
  }

  /** An annotation on the interface, and none on the class. */
  interface Annotated {
    @NHubListener(enterprise = "nnn.acme")
    void on(@Channel("t") double degrees);
  }

  static class ByInterface implements Annotated {
    private final Log log;

    ByInterface(Log log) {
      this.log = log;
    }

    @Override
    public void on(double degrees) {
      log.add("A " + degrees);
    }
  }

  /** Proxies as those of transactions are, by interface or by class. */
  private static BeanPostProcessor proxies(boolean byClass) {
    return new BeanPostProcessor() {
      @Override
      public Object postProcessAfterInitialization(Object bean, String name) {
        if (!name.equals("bean")) {
          return bean;
        }
        ProxyFactory factory = new ProxyFactory(bean);
        factory.setProxyTargetClass(byClass);
        factory.addAdvice((MethodInterceptor) call -> call.proceed());
        return factory.getProxy();
      }
    };
  }

  @ParameterizedTest
  @MethodSource
  void channel_ofTheClassOrTheInterface_isRead(Class<?> type, boolean proxied, FakeNHub fake) {
    ApplicationContextRunner runner = with(fake).withBean("bean", type);
    (proxied ? runner.withBean("proxies", BeanPostProcessor.class, () -> proxies(false)) : runner)
        .run(
            context -> {
              only(context);
              fake.publish(FakeMessage.uplink("A").reading("t", 21.5, null));
              assertEquals("A 21.5", context.getBean(Log.class).next());
            });
  }

  static Stream<Arguments> channel_ofTheClassOrTheInterface_isRead() {
    return Stream.of(
        Arguments.of(LoggingThermometer.class, true),
        Arguments.of(LoggingThermometer.class, false),
        Arguments.of(ByInterface.class, true),
        Arguments.of(ByInterface.class, false));
  }

  static class Hidden {
    @SuppressWarnings({"UnusedMethod", "UnusedVariable"}) // Called by reflection, if it could be.
    @NHubListener(enterprise = "nnn.acme")
    private void on(Uplink uplink) {}
  }

  static class Fixed {
    @NHubListener(enterprise = "nnn.acme")
    final void on(Uplink uplink) {}
  }

  interface Other {}

  static class NotInTheInterface implements Other {
    @NHubListener(enterprise = "nnn.acme")
    public void on(Uplink uplink) {}
  }

  @ParameterizedTest
  @MethodSource
  void method_thatTheProxyCannotCall_stopsTheStartAndIsNamed(
      Class<?> type, boolean byClass, FakeNHub fake) {
    with(fake)
        .withBean("bean", type)
        .withBean("proxies", BeanPostProcessor.class, () -> proxies(byClass))
        .run(context -> assertFault(context, type.getName() + ".on", "proxy"));
  }

  static Stream<Arguments> method_thatTheProxyCannotCall_stopsTheStartAndIsNamed() {
    return Stream.of(
        Arguments.of(Hidden.class, true),
        Arguments.of(Fixed.class, true),
        Arguments.of(NotInTheInterface.class, false));
  }

  private static void assertFault(AssertableApplicationContext context, String... parts) {
    String description = Contexts.analysis(context).getDescription();
    for (String part : parts) {
      assertTrue(description.contains(part), description);
    }
  }

  static class Refreshed {
    private final Log log;

    Refreshed(Log log) {
      this.log = log;
    }

    @NHubListener(enterprise = "nnn.acme", durable = "refreshed")
    void on(Uplink uplink) {
      log.add(uplink.deviceId());
    }
  }

  /** As Spring Cloud's refresh scope: a proxy, and a target that is made anew. */
  @Configuration(proxyBeanMethods = false)
  static class WithScope {
    @Bean
    static CustomScopeConfigurer scopes() {
      CustomScopeConfigurer scopes = new CustomScopeConfigurer();
      scopes.addScope("thread", new SimpleThreadScope());
      return scopes;
    }

    @Bean
    @Scope(value = "thread", proxyMode = ScopedProxyMode.TARGET_CLASS)
    Refreshed bean(Log log) {
      return new Refreshed(log);
    }
  }

  @Test
  void scopedBean_behindAProxy_hasOneListener(FakeNHub fake) {
    with(fake)
        .withUserConfiguration(WithScope.class)
        .run(
            context -> {
              context.getBean("scopedTarget.bean");
              assertEquals("bean.on", only(context).id());
              fake.publish(FakeMessage.uplink("A"));
              assertEquals("A", context.getBean(Log.class).next());
            });
  }

  /** Each user has an instance of its own. */
  @Configuration(proxyBeanMethods = false)
  static class WithPrototype {
    @Bean
    @Scope("prototype")
    Refreshed bean(Log log) {
      return new Refreshed(log);
    }
  }

  @Test
  void prototype_stopsTheStartAndIsNamed(FakeNHub fake) {
    with(fake)
        .withUserConfiguration(WithPrototype.class)
        .run(context -> assertFault(context, Refreshed.class.getName() + ".on", "prototype"));
  }

  static class InTheBackground {
    @Async
    @NHubListener(enterprise = "nnn.acme")
    void on(Uplink uplink) {}
  }

  @Async
  static class AllInTheBackground {
    @NHubListener(enterprise = "nnn.acme")
    void on(Uplink uplink) {}
  }

  @ParameterizedTest
  @MethodSource
  void asyncMethod_thatReturnsVoid_stopsTheStart_asItsMessagesWouldBeLost(
      Class<?> type, FakeNHub fake) {
    with(fake)
        .withBean("bean", type)
        .run(context -> assertFault(context, type.getName() + ".on", "@Async"));
  }

  static Stream<Class<?>> asyncMethod_thatReturnsVoid_stopsTheStart_asItsMessagesWouldBeLost() {
    return Stream.of(InTheBackground.class, AllInTheBackground.class);
  }

  @Test
  void clients_two_stopTheStart_andTheListenerIsNamed(FakeNHub fake) {
    Contexts.with(fake)
        .withBean(Log.class)
        .withBean("one", NHubClient.class, () -> NHubClient.builder(fake.environment()).build())
        .withBean("two", NHubClient.class, () -> NHubClient.builder(fake.environment()).build())
        .withBean("bean", Refreshed.class)
        .run(context -> assertFault(context, Refreshed.class.getName() + ".on", "one, two"));
  }

  /** Work on Spring's executor, which takes no more of it once the context is being closed. */
  static class Working {
    final List<Throwable> failures = new ArrayList<>();
    final CountDownLatch begun = new CountDownLatch(1);
    final CountDownLatch closing = new CountDownLatch(1);
    final CountDownLatch handled = new CountDownLatch(1);
    private final ThreadPoolTaskExecutor executor;

    Working(ThreadPoolTaskExecutor executor) {
      this.executor = executor;
    }

    @NHubListener(enterprise = "nnn.acme")
    void on(Uplink uplink) throws InterruptedException {
      begun.countDown();
      closing.await();
      try {
        CompletableFuture.runAsync(handled::countDown, executor).join();
      } catch (RuntimeException e) {
        failures.add(e);
      }
    }
  }

  @Configuration(proxyBeanMethods = false)
  @EnableAsync
  static class WithExecutor {
    @Bean
    ThreadPoolTaskExecutor executor() {
      return new ThreadPoolTaskExecutor();
    }
  }

  @Test
  void close_whileAMethodRuns_theExecutorTakesItsWorkUntilItHasReturned(FakeNHub fake) {
    with(fake)
        .withUserConfiguration(WithExecutor.class)
        .withBean("bean", Working.class)
        .run(
            context -> {
              Subscriptions subscriptions = new Subscriptions(only(context));
              Working bean = context.getBean(Working.class);
              fake.publish(FakeMessage.uplink("A"));
              bean.begun.await();
              Thread closer = new Thread(() -> context.getSourceApplicationContext().close());
              closer.start();
              subscriptions.awaitStopping();
              bean.closing.countDown();
              closer.join();
              assertEquals(List.of(), bean.failures);
              assertEquals(0, bean.handled.getCount());
            });
  }

  private record Subscriptions(NHubListenerContainer container) {
    void awaitStopping() {
      Eventually.isTrue(
          "stopping",
          () ->
              switch (container.subscription().orElseThrow().state()) {
                case CLOSED, DRAINING -> true;
                default -> false;
              });
    }
  }
}
