module com.acme.slopes {
    requires dev.gradc;
}
