/** The generated classes of the samples, trained on data drawn here or compared with what is known of them. */
package dev.gradc.samples;
