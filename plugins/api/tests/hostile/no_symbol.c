/* A library, but no plugin. */
int barid_plugin_entrance(void);

int barid_plugin_entrance(void) {
    return 0;
}
