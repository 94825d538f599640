package io.nnnco.nhub.spring.fake;

import io.nnnco.nhub.testkit.FakeNHub;
import java.util.Map;
import org.springframework.beans.factory.support.BeanDefinitionBuilder;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.context.annotation.ImportBeanDefinitionRegistrar;
import org.springframework.core.type.AnnotationMetadata;

/**
 * Registers the fake of {@link AutoConfigureFakeNHub}: by the name of a method, not a lambda, which
 * Spring could not write into the code that it generates ahead of time.
 */
final class FakeNHubRegistrar implements ImportBeanDefinitionRegistrar {
  @Override
  public void registerBeanDefinitions(
      AnnotationMetadata metadata, BeanDefinitionRegistry registry) {
    Map<String, Object> attributes =
        metadata.getAnnotationAttributes(AutoConfigureFakeNHub.class.getName());
    Object named = attributes == null ? null : attributes.get("enterprises");
    String[] enterprises =
        named instanceof String[] codes && codes.length > 0
            ? codes
            : new String[] {FakeNHub.DEFAULT_ENTERPRISE};
    registry.registerBeanDefinition(
        "nhubFake",
        BeanDefinitionBuilder.rootBeanDefinition(Fakes.class, "start")
            .addConstructorArgValue(enterprises)
            .addConstructorArgValue("enterprises")
            .setDestroyMethodName("close")
            .getBeanDefinition());
    registry.registerBeanDefinition(
        "nhubListenersSubscribed",
        BeanDefinitionBuilder.genericBeanDefinition(ListenersSubscribed.class).getBeanDefinition());
  }
}
