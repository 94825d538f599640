package io.nnnco.nhub.spring;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.framework.AopProxyUtils;
import org.springframework.aop.scope.ScopedProxyUtils;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.MethodIntrospector;
import org.springframework.core.MethodIntrospector.MetadataLookup;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.annotation.AnnotationUtils;
import org.springframework.util.ClassUtils;

/** Finds the methods with {@link NHubListener}, and registers them once all beans are there. */
final class ListenerDetection implements BeanPostProcessor, SmartInitializingSingleton {
  private final ConfigurableListableBeanFactory beans;
  private final ObjectProvider<NHubListenerRegistry> registry;
  private final ObjectProvider<ListenerFactory> factory;
  private final List<Found> found = new ArrayList<>();
  private boolean complete;

  private record Found(
      String beanName, Object bean, Class<?> type, Method method, NHubListener annotation) {}

  ListenerDetection(
      ConfigurableListableBeanFactory beans,
      ObjectProvider<NHubListenerRegistry> registry,
      ObjectProvider<ListenerFactory> factory) {
    this.beans = beans;
    this.registry = registry;
    this.factory = factory;
  }

  /** The methods of a class with the annotation; most classes have none. */
  static Map<Method, NHubListener> listeners(Class<?> type) {
    return AnnotationUtils.isCandidateClass(type, NHubListener.class)
        ? MethodIntrospector.selectMethods(
            type,
            (MetadataLookup<@Nullable NHubListener>)
                method -> AnnotatedElementUtils.findMergedAnnotation(method, NHubListener.class))
        : Map.of();
  }

  @Override
  public Object postProcessAfterInitialization(Object bean, String beanName) {
    Class<?> type = AopProxyUtils.ultimateTargetClass(bean);
    if (!ScopedProxyUtils.isScopedTarget(beanName)) {
      listeners(type)
          .forEach(
              (method, annotation) -> add(new Found(beanName, bean, type, method, annotation)));
    }
    return bean;
  }

  private void add(Found listener) {
    synchronized (this) {
      if (!complete) {
        found.add(listener);
        return;
      }
    }
    register(listener);
  }

  @Override
  public void afterSingletonsInstantiated() {
    for (String name : beans.getBeanDefinitionNames()) {
      findUnmade(name);
    }
    List<Found> all;
    synchronized (this) {
      complete = true;
      all = List.copyOf(found);
      found.clear();
    }
    all.forEach(this::register);
  }

  /**
   * Makes the proxy of a scoped bean, which nobody may have needed yet; the instances behind it
   * come and go. Refuses scopes without one instance that could receive messages.
   */
  private void findUnmade(String name) {
    BeanDefinition definition = beans.getMergedBeanDefinition(name);
    if (definition.isSingleton() || definition.isAbstract()) {
      return;
    }
    Class<?> type = beans.getType(name, false);
    Map<Method, NHubListener> listeners =
        type == null ? Map.of() : listeners(ClassUtils.getUserClass(type));
    if (listeners.isEmpty()) {
      return;
    }
    if (!ScopedProxyUtils.isScopedTarget(name) || isOfTheWeb(definition)) {
      throw new NHubListenerException(
          listeners.keySet().iterator().next(),
          "Its bean \"" + name + "\" has the scope " + definition.getScope() + ".",
          "Put it on a singleton, which gets each message.",
          null);
    }
    beans.getBean(ScopedProxyUtils.getOriginalBeanName(name));
  }

  /** Where a message arrives, there is no request and no session. */
  private static boolean isOfTheWeb(BeanDefinition definition) {
    return Set.of("request", "session").contains(String.valueOf(definition.getScope()));
  }

  private void register(Found listener) {
    ListenerMethod method = new ListenerMethod(listener.bean(), listener.type(), listener.method());
    registry
        .getObject()
        .register(
            method,
            factory
                .getObject()
                .container(
                    listener.beanName(),
                    listener.method().getName(),
                    method,
                    listener.annotation()));
  }
}
