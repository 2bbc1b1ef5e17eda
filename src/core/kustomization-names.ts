/** The names that Kustomize looks for in a folder, first come first served. */
export const kustomizationNames: readonly string[] = ['kustomization.yaml', 'kustomization.yml', 'Kustomization'];
